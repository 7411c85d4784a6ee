package io.deployflow.ecs.internal.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class AsideStreamTest {
    private static final int CHUNKS = 100;

    @Test
    void bytes_arriveInOrder_andTheOtherStreamIsClosedBehindThem() throws IOException {
        boolean[] closed = {false};
        ByteArrayOutputStream sink = new ByteArrayOutputStream() {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        byte[] bytes = new byte[CHUNKS * 1000];
        new Random(1).nextBytes(bytes);
        try (AsideStream stream = new AsideStream(sink)) {
            stream.write(bytes[0]);
            for (int at = 1; at < bytes.length; at += 1000) {
                stream.write(bytes, at, Math.min(1000, bytes.length - at));
            }
            stream.write(bytes, 0, 0);
        }

        assertThat(sink.toByteArray()).isEqualTo(bytes);
        assertThat(closed[0]).isTrue();
    }

    @Test
    void diskThatIsFull_isToldByALaterWrite() {
        AsideStream stream = new AsideStream(new Full());

        assertThatThrownBy(() -> {
                    for (int i = 0; i < CHUNKS; i++) {
                        stream.write(new byte[10], 0, 10);
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessage("No space left on device");
        assertThatThrownBy(stream::close).hasMessage("No space left on device");
    }

    @Test
    void diskThatIsFullAtTheEnd_isToldWhenItIsClosed() throws IOException {
        AsideStream stream = new AsideStream(new Full());
        stream.write(1);

        assertThatThrownBy(stream::close).isInstanceOf(IOException.class).hasMessage("No space left on device");
        stream.close();
    }

    @Test
    void whoIsInterrupted_doesNotWaitForTheOther() {
        CountDownLatch never = new CountDownLatch(1);
        AsideStream stream = new AsideStream(new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        });
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> stream.write(1)).hasMessageContaining("interrupted");

        assertThat(Thread.interrupted()).isTrue();
        assertThatThrownBy(stream::close).isInstanceOf(IOException.class).hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    private static final class Full extends OutputStream {
        @Override
        public void write(int one) throws IOException {
            throw new IOException("No space left on device");
        }
    }
}
