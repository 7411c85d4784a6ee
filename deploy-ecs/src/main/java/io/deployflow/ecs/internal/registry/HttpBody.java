package io.deployflow.ecs.internal.registry;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;

/**
 * The body of an answer: of a known length, in chunks that tell theirs, or up to the connection's end. Whoever reads it
 * to its end gives the line back; whoever closes it before that ends the line.
 */
final class HttpBody extends InputStream {
    private static final int HEXADECIMAL = 16;
    /** In place of a length: chunks. */
    static final long CHUNKED = -1;
    /** In place of a length: all that comes. */
    static final long ALL = Long.MAX_VALUE;

    private final HttpLine line;
    private final InputStream in;
    private final boolean chunked;
    private final boolean known;
    private long left;
    private boolean ended;

    /**
     * A body that nothing has been read of.
     *
     * @param length in bytes, or {@link #CHUNKED} or {@link #ALL}
     */
    HttpBody(HttpLine line, InputStream in, long length) throws IOException {
        this.line = line;
        this.in = in;
        this.chunked = length == CHUNKED;
        this.known = length != ALL;
        this.left = chunked ? chunk() : length;
        if (left == 0) {
            end();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (ended) {
            return -1;
        }
        int count = in.read(buffer, offset, (int) Math.min(length, left));
        if (count < 0) {
            ended = true;
            line.close();
            if (known) {
                throw new EOFException("the answer broke off");
            }
            return -1;
        }
        left -= count;
        if (left == 0) {
            next();
        }
        return count;
    }

    private void next() throws IOException {
        if (chunked) {
            HttpLine.text(in); // Ends the chunk.
            left = chunk();
        }
        if (left == 0) {
            end();
        }
    }

    /** The length of the next chunk; behind the last one, whatever headers follow are left. */
    private long chunk() throws IOException {
        String text = HttpLine.text(in);
        int end = text.indexOf(';');
        try {
            long size = length((end < 0 ? text : text.substring(0, end)).strip());
            if (size == 0) {
                HttpLine.skipHeaders(in);
            }
            return size;
        } catch (NumberFormatException e) {
            ProtocolException strange = new ProtocolException("the answer has a chunk of length '" + text + "'");
            strange.initCause(e);
            throw strange;
        }
    }

    private static long length(String digits) {
        if (digits.startsWith("-")) {
            throw new NumberFormatException(digits);
        }
        return Long.parseLong(digits, HEXADECIMAL);
    }

    private void end() {
        ended = true;
        line.release();
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            line.close();
        }
    }
}
