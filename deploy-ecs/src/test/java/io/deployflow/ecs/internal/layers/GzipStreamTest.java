package io.deployflow.ecs.internal.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipStreamTest {
    private static final int PIECE = GzipStream.PIECE;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, PIECE - 1, PIECE, PIECE + 1, 9 * PIECE + 7})
    void bytes_ofAnyNumber_areTheSameAfterwards(int count) throws IOException {
        byte[] noise = new byte[count];
        new Random(count).nextBytes(noise);

        for (byte[] bytes : new byte[][] {noise, text(count), new byte[count]}) {
            assertThat(new GZIPInputStream(new ByteArrayInputStream(packed(bytes, 8192))).readAllBytes())
                    .isEqualTo(bytes);
        }
    }

    @Test
    void result_isTheSameHoweverItIsWritten() throws IOException {
        byte[] bytes = text(3 * PIECE + 5);

        assertThat(packed(bytes, bytes.length)).isEqualTo(packed(bytes, 1000)).isEqualTo(packed(bytes, PIECE));
    }

    @Test
    void result_isLessThanAHundredthLargerThanThatOfOnePiece() throws IOException {
        byte[] bytes = text(8 * PIECE);
        Deflater whole = new Deflater(6, true);
        whole.setInput(bytes);
        whole.finish();
        int count = 0;
        byte[] buffer = new byte[1 << 16];
        while (!whole.finished()) {
            count += whole.deflate(buffer);
        }
        whole.end();

        assertThat(packed(bytes, 8192).length).isLessThan(count + count / 100);
    }

    @Test
    void diskThatIsFull_isToldByAWrite_andTheOtherStreamIsClosed() {
        Full full = new Full(10);

        assertThatThrownBy(() -> {
                    try (GzipStream stream = new GzipStream(full)) {
                        stream.write(new byte[100 * PIECE]);
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessage("No space left on device");
        assertThat(full.closed).isTrue();
    }

    @Test
    void diskThatIsFullAtTheEnd_isToldWhenItIsClosed_andOnce() throws IOException {
        GzipStream stream = new GzipStream(new Full(10));
        stream.write(1);

        assertThatThrownBy(stream::close).isInstanceOf(IOException.class).hasMessage("No space left on device");
        stream.close();
    }

    @Test
    void whoIsInterrupted_waitsForNoCompressor() throws IOException {
        GzipStream stream = new GzipStream(OutputStream.nullOutputStream());
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> stream.write(new byte[100 * PIECE]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("interrupted");

        assertThat(Thread.interrupted()).isTrue();
        stream.close();
    }

    /** Words in an order that repeats nowhere, as a source has them. */
    private static byte[] text(int count) {
        Random random = new Random(5);
        String[] words = new String[3000];
        Arrays.setAll(words, number -> Long.toString(random.nextLong(1L << 40), 36) + " ");
        StringBuilder text = new StringBuilder(count + 10);
        while (text.length() < count) {
            text.append(words[(int) (Math.abs(random.nextGaussian()) * 700) % words.length]);
        }
        text.setLength(count);
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] packed(byte[] bytes, int step) throws IOException {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        try (GzipStream stream = new GzipStream(sink)) {
            for (int at = 0; at < bytes.length; at += step) {
                stream.write(bytes, at, Math.min(step, bytes.length - at));
            }
        }
        return sink.toByteArray();
    }

    private static final class Full extends OutputStream {
        private int left;
        private boolean closed;

        Full(int left) {
            this.left = left;
        }

        @Override
        public void write(int one) throws IOException {
            if (left-- <= 0) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
