package io.deployflow.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Bytes from one thread to another, as a socket has them: a read may wait for a limited time, and the end is seen once
 * everything before it was read. One that writes far ahead of the reader waits.
 */
final class Inlet extends InputStream {
    private static final int MOST_AHEAD = 4 << 20;

    private final Deque<byte[]> blocks = new ArrayDeque<>();
    private int offset;
    private int ahead;
    private int patience;
    private boolean ended;
    private boolean closed;

    /** How long a read waits for the first byte; 0 for ever. */
    synchronized void setPatience(int millis) {
        patience = millis;
    }

    /** Where the other thread writes; closing it is the end. */
    OutputStream sink() {
        return new Sink();
    }

    private synchronized void put(byte[] bytes, int from, int length) throws IOException {
        try {
            while (ahead > MOST_AHEAD && !closed) {
                wait();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        if (closed) {
            throw new IOException("nobody reads any more");
        }
        byte[] block = new byte[length];
        System.arraycopy(bytes, from, block, 0, length);
        blocks.add(block);
        ahead += length;
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] bytes, int from, int length) throws IOException {
        long deadline = System.nanoTime() + Duration.ofMillis(patience).toNanos();
        try {
            while (blocks.isEmpty() && !ended && !closed) {
                wait(patience == 0 ? 0 : millisUntil(deadline));
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        if (blocks.isEmpty()) {
            return -1;
        }
        return take(bytes, from, length);
    }

    private int take(byte[] bytes, int from, int length) {
        byte[] block = blocks.getFirst();
        int taken = Math.min(length, block.length - offset);
        System.arraycopy(block, offset, bytes, from, taken);
        offset += taken;
        ahead -= taken;
        if (offset == block.length) {
            blocks.removeFirst();
            offset = 0;
        }
        notifyAll();
        return taken;
    }

    private long millisUntil(long deadline) throws SocketTimeoutException {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            throw new SocketTimeoutException("nothing came within " + patience + " ms");
        }
        return Math.max(1, Duration.ofNanos(left).toMillis());
    }

    private static IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IOException("interrupted while waiting for the other side", e);
    }

    @Override
    public synchronized int available() {
        return ahead;
    }

    @Override
    public synchronized void close() {
        closed = true;
        blocks.clear();
        offset = 0;
        ahead = 0;
        notifyAll();
    }

    private final class Sink extends OutputStream {
        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (length > 0) {
                put(bytes, from, length);
            }
        }

        @Override
        public void close() {
            end();
        }
    }
}
