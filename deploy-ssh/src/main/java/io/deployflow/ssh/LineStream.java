package io.deployflow.ssh;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Cuts what is written into lines; one that the end cuts short counts, and one that is too long goes on as the next.
 * Bytes that are no UTF-8 are replaced.
 */
final class LineStream extends OutputStream {
    /** In bytes. */
    static final int LONGEST = 1 << 16;
    /** Of one character in UTF-8, after its first byte. */
    private static final int MORE_BYTES = 3;

    private final Consumer<String> lines;
    private final Runnable atEnd;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean ended;

    /**
     * Cuts into lines.
     *
     * @param lines is given each line without its end
     * @param atEnd runs once, when the stream is closed
     */
    LineStream(Consumer<String> lines, Runnable atEnd) {
        this.lines = lines;
        this.atEnd = atEnd;
    }

    @Override
    public synchronized void write(int b) {
        if (b == '\n') {
            String text = take();
            lines.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
            return;
        }
        if (line.size() >= LONGEST && (!isWithinACharacter(b) || line.size() == LONGEST + MORE_BYTES)) {
            lines.accept(take());
        }
        line.write(b);
    }

    private static boolean isWithinACharacter(int b) {
        return (b & 0xC0) == 0x80;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            write(bytes[i]);
        }
    }

    private String take() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        return text;
    }

    @Override
    public synchronized void close() {
        if (ended) {
            return;
        }
        ended = true;
        if (line.size() > 0) {
            lines.accept(take());
        }
        atEnd.run();
    }
}
