package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InletTest {
    private final Inlet inlet = new Inlet();
    private final OutputStream sink = inlet.sink();

    @Test
    void read_ofWhatAnotherThreadWrites_isAllOfItInOrderAndThenTheEnd() throws Exception {
        byte[] sent = new byte[9_000_000];
        new Random(7).nextBytes(sent);
        Thread writer = new Thread(() -> {
            try (sink) {
                for (int at = 0; at < sent.length; at += 100_000) {
                    sink.write(sent, at, 100_000);
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        writer.start();

        assertThat(inlet.readAllBytes()).isEqualTo(sent);
        writer.join();
    }

    @Test
    void read_whenNothingComes_endsAfterItsPatienceAndCanBeTriedAgain() throws IOException {
        inlet.setPatience(10);

        assertThatThrownBy(inlet::read).isInstanceOf(SocketTimeoutException.class);
        sink.write('x');

        assertThat(inlet.read()).isEqualTo('x');
    }

    @Test
    void read_afterTheEnd_givesFirstWhatCameBefore() throws IOException {
        sink.write("ab".getBytes(StandardCharsets.US_ASCII));
        sink.close();

        assertThat(inlet.available()).isEqualTo(2);
        assertThat(inlet.readAllBytes()).hasSize(2);
        assertThat(inlet.read()).isEqualTo(-1);
    }

    @Test
    void write_farAheadOfTheReader_waitsAndEndsWhenNobodyReadsAnyMore() throws Exception {
        Thread writer = new Thread(() -> assertThatThrownBy(() -> {
                    while (true) {
                        sink.write(new byte[1 << 20]);
                    }
                })
                .isInstanceOf(IOException.class));
        writer.start();
        while (writer.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }

        inlet.close();
        writer.join();
        assertThat(inlet.read()).isEqualTo(-1);
    }
}
