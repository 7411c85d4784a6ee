package io.deployflow.ecs.internal.layers;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * Has a thread of its own write to another stream what is written to this one: whoever reads and digests does not wait
 * for the compressor. A thread and not a pool's, which those who wait for it may have all of. What cannot be written is
 * told by a later write, or when it is closed.
 */
final class AsideStream extends OutputStream {
    private static final int WAITING = 4;
    private static final byte[] END = new byte[0];

    private final OutputStream target;
    private final BlockingQueue<byte[]> chunks = new ArrayBlockingQueue<>(WAITING);
    private final FutureTask<Void> writing = new FutureTask<>(this::writeAll);
    private boolean closed;

    /** To a stream that nobody else writes to until this one is closed. */
    AsideStream(OutputStream target) {
        this.target = target;
        Thread thread = new Thread(writing, "deployflow-layer");
        thread.setDaemon(true);
        thread.start();
    }

    private Void writeAll() throws IOException, InterruptedException {
        for (byte[] chunk = chunks.take(); chunk.length > 0; chunk = chunks.take()) {
            target.write(chunk);
        }
        return null;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > 0) {
            put(Arrays.copyOfRange(bytes, offset, offset + length));
        }
    }

    private void put(byte[] chunk) throws IOException {
        try {
            do {
                if (writing.isDone()) {
                    writing.get();
                }
            } while (!chunks.offer(chunk, 1, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (InterruptedException | CancellationException e) {
            throw interrupted(e);
        }
    }

    /** Waits until all is written, and closes the other stream. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (target) {
            put(END);
            writing.get();
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (InterruptedException | CancellationException e) {
            throw interrupted(e);
        }
    }

    private static IOException failure(ExecutionException e) {
        Throwable cause = e.getCause();
        return new IOException(cause == null ? e.getMessage() : cause.getMessage(), cause);
    }

    private IOException interrupted(Exception e) {
        writing.cancel(true);
        Thread.currentThread().interrupt();
        InterruptedIOException broken = new InterruptedIOException("interrupted while a layer was written");
        broken.initCause(e);
        return broken;
    }
}
