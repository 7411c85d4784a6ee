package io.deployflow.internal.flow;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Makes lines of bytes, whatever they are: what is no UTF-8 becomes a replacement character, and a line that does not
 * end is cut, so that it takes no more memory than a line that does. Not thread-safe.
 */
final class OutputLines {
    private static final int LONGEST = 16 * 1024;
    private static final int CONTINUATION_MASK = 0xC0;
    private static final int CONTINUATION = 0x80;
    private static final int LONGEST_CHARACTER = 4;

    private final SecretMask mask;
    private final Consumer<String> lines;
    private final byte[] buffer;
    private int length;

    /**
     * Tells lines.
     *
     * @param mask hides what is secret in them, also where a line is cut
     */
    OutputLines(SecretMask mask, Consumer<String> lines) {
        this.mask = mask;
        this.lines = lines;
        this.buffer = new byte[LONGEST + 2 * mask.longest()];
    }

    /** Takes some bytes. */
    void accept(byte[] bytes, int count) {
        int from = 0;
        while (from < count) {
            int end = lineEnd(bytes, from, count);
            take(bytes, from, end);
            if (end < count) {
                tell(length);
            }
            from = end + 1;
        }
    }

    private static int lineEnd(byte[] bytes, int from, int count) {
        int end = from;
        while (end < count && bytes[end] != '\n') {
            end++;
        }
        return end;
    }

    private void take(byte[] bytes, int from, int end) {
        int next = from;
        while (next < end) {
            int some = Math.min(end - next, buffer.length - length);
            System.arraycopy(bytes, next, buffer, length, some);
            next += some;
            length += some;
            if (length == buffer.length) {
                cut();
            }
        }
    }

    /** Tells what came after the last line's end. */
    void end() {
        if (length > 0) {
            tell(length);
        }
    }

    /** At a place that is neither within a character nor within a secret. */
    private void cut() {
        int place = mask.cut(buffer, LONGEST);
        int start = place;
        while (start > place - LONGEST_CHARACTER && (buffer[start] & CONTINUATION_MASK) == CONTINUATION) {
            start--;
        }
        int rest = length - start;
        tell(start);
        System.arraycopy(buffer, start, buffer, 0, rest);
        length = rest;
    }

    private void tell(int end) {
        int last = end > 0 && buffer[end - 1] == '\r' ? end - 1 : end;
        lines.accept(mask.hide(new String(buffer, 0, last, StandardCharsets.UTF_8)));
        length = 0;
    }
}
