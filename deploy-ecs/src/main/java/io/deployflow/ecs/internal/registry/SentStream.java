package io.deployflow.ecs.internal.registry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** As many bytes of a stream as are to be sent; tells how many are taken from it. */
final class SentStream extends FilterInputStream {
    private final LongConsumer taken;
    private long left;

    SentStream(InputStream in, long length, LongConsumer taken) {
        super(in);
        this.left = length;
        this.taken = taken;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count = in.read(buffer, offset, (int) Math.min(length, left));
        if (count > 0) {
            left -= count;
            taken.accept(count);
        }
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
