package io.deployflow.ecs.internal.layers;

import com.jcraft.jzlib.Deflater;
import com.jcraft.jzlib.GZIPException;
import com.jcraft.jzlib.JZlib;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;

/**
 * Compresses what is written to it, in pieces of one size, each by itself and by whichever processor is free, into one
 * gzip stream: the same bytes however many processors there are. Few pieces are on their way at a time, so that memory
 * stays flat. The compressor is written in Java: the JDK's is whatever zlib the machine has, and zlib's relatives give
 * other bytes for the same input.
 *
 * <p>For one thread. Those that compress are shared by all streams; none of them ever waits for anything.
 */
final class GzipStream extends OutputStream {
    /** What goes to one thread. */
    static final int PIECE = 1 << 19;

    /** As far as deflate refers back: so much of the piece before is compressed once more, for nothing. */
    private static final int WINDOW = 1 << 15;

    private static final int LEVEL = 6;
    private static final int WINDOW_BITS = 15;
    private static final int BUFFER = 1 << 16;
    private static final int TRAILER = 8;
    /** Magic number, the method, no flags, no time, no extra flags, no operating system. */
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private static final int PACKERS = Math.min(8, Runtime.getRuntime().availableProcessors());
    private static final int ON_THEIR_WAY = Math.min(4, PACKERS);
    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final ExecutorService PACKING = packing();

    private final OutputStream target;
    private final Deque<Future<byte[]>> packed = new ArrayDeque<>();
    private final CRC32 sum = new CRC32();
    private long length;
    private byte[] before = {};
    private byte[] piece = new byte[PIECE];
    private int filled;
    private boolean closed;

    /**
     * Begins a stream.
     *
     * @param target is closed with this one
     */
    GzipStream(OutputStream target) throws IOException {
        this.target = target;
        target.write(HEADER);
    }

    private static ExecutorService packing() {
        ThreadPoolExecutor packers = new ThreadPoolExecutor(
                PACKERS, PACKERS, IDLE.toMillis(), TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "deployflow-layer");
                    thread.setDaemon(true);
                    return thread;
                });
        packers.allowCoreThreadTimeOut(true);
        return packers;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        int from = offset;
        while (from < offset + count) {
            if (filled == PIECE) {
                pack(false);
                before = piece;
                piece = new byte[PIECE];
                filled = 0;
            }
            int part = Math.min(PIECE - filled, offset + count - from);
            System.arraycopy(bytes, from, piece, filled, part);
            filled += part;
            from += part;
        }
    }

    private void pack(boolean isLast) throws IOException {
        byte[] known = before;
        byte[] bytes = piece;
        int count = filled;
        sum.update(bytes, 0, count);
        length += count;
        packed.add(PACKING.submit(() -> deflate(known, bytes, count, isLast)));
        if (packed.size() > ON_THEIR_WAY) {
            writeNext();
        }
    }

    private void writeNext() throws IOException {
        try {
            target.write(packed.remove().get());
        } catch (ExecutionException e) {
            throw new IOException("cannot compress: " + e.getCause(), e);
        } catch (InterruptedException | CancellationException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException broken = new InterruptedIOException("interrupted while a layer was compressed");
            broken.initCause(e);
            throw broken;
        }
    }

    /** Of all pieces but the last the end is a whole byte, and says that more comes. */
    private static byte[] deflate(byte[] known, byte[] bytes, int count, boolean isLast) throws GZIPException {
        Deflater deflater = new Deflater(LEVEL, WINDOW_BITS, true);
        if (known.length > 0) {
            deflater.setInput(known, known.length - WINDOW, WINDOW, false);
            deflate(deflater, JZlib.Z_SYNC_FLUSH, new ByteArrayOutputStream(WINDOW));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(BUFFER);
        deflater.setInput(bytes, 0, count, false);
        deflate(deflater, isLast ? JZlib.Z_FINISH : JZlib.Z_SYNC_FLUSH, out);
        return out.toByteArray();
    }

    private static void deflate(Deflater deflater, int flush, ByteArrayOutputStream out) throws GZIPException {
        byte[] buffer = new byte[BUFFER];
        do {
            deflater.setOutput(buffer, 0, buffer.length);
            int status = deflater.deflate(flush);
            if (status != JZlib.Z_OK && status != JZlib.Z_STREAM_END && status != JZlib.Z_BUF_ERROR) {
                throw new GZIPException("status " + status);
            }
            out.write(buffer, 0, buffer.length - deflater.avail_out);
        } while (deflater.avail_out == 0);
    }

    /** Writes the rest, and closes the other stream; also where that fails. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (target) {
            pack(true);
            while (!packed.isEmpty()) {
                writeNext();
            }
            target.write(ByteBuffer.allocate(TRAILER)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt((int) sum.getValue())
                    .putInt((int) length)
                    .array());
        } finally {
            packed.forEach(one -> one.cancel(true));
        }
    }
}
