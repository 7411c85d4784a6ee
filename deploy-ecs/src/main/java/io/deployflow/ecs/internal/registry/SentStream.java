package io.deployflow.ecs.internal.registry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/**
 * As many bytes of a stream as are to be sent; tells how many are, once whoever sends them comes back for more or
 * closes it.
 */
final class SentStream extends FilterInputStream {
    private final LongConsumer sent;
    private long left;
    private int taken;

    SentStream(InputStream in, long length, LongConsumer sent) {
        super(in);
        this.left = length;
        this.sent = sent;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        tell();
        if (left == 0) {
            return -1;
        }
        int count = in.read(buffer, offset, (int) Math.min(length, left));
        if (count > 0) {
            left -= count;
            taken = count;
        }
        return count;
    }

    private void tell() {
        if (taken > 0) {
            sent.accept(taken);
            taken = 0;
        }
    }

    @Override
    public void close() throws IOException {
        tell();
        super.close();
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
