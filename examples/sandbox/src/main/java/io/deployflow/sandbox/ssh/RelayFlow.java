package io.deployflow.sandbox.ssh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntConsumer;

/** The bytes of one direction: read at once, written when they are due. */
final class RelayFlow {
    /** As much as a link of 640 Mbit/s holds in 50 ms; then the sender has to wait, as with TCP's window. */
    private static final int IN_FLIGHT = 1 << 22;

    private final SocketChannel from;
    private final SocketChannel to;
    private final RelayLoop.Link link;
    private final IntConsumer counter;
    private final Deque<Chunk> chunks = new ArrayDeque<>();
    private int inFlight;
    private long linkFreeAt = System.nanoTime();
    private boolean blocked;
    private boolean readToEnd;
    private boolean ended;

    /** Bytes with the time from which they may be written; without bytes: the end. */
    private record Chunk(ByteBuffer bytes, long dueAt) {}

    RelayFlow(SocketChannel from, SocketChannel to, RelayLoop.Link link, IntConsumer counter) {
        this.from = from;
        this.to = to;
        this.link = link;
        this.counter = counter;
    }

    void move(long now) throws IOException {
        read(now);
        write(now);
    }

    boolean isEnded() {
        return ended;
    }

    int readInterest() {
        return mayRead() ? SelectionKey.OP_READ : 0;
    }

    int writeInterest() {
        return blocked ? SelectionKey.OP_WRITE : 0;
    }

    /** {@link Long#MAX_VALUE} where there is nothing to write, or the receiver takes nothing just now. */
    long nanosUntilDue(long now) {
        Chunk next = chunks.peek();
        return next == null || blocked ? Long.MAX_VALUE : Math.max(0, next.dueAt() - now);
    }

    private boolean mayRead() {
        return !readToEnd && inFlight < IN_FLIGHT;
    }

    private void read(long now) throws IOException {
        while (mayRead()) {
            int count = from.read(link.scratch.clear());
            if (count == 0) {
                return;
            }
            readToEnd = count < 0;
            byte[] bytes = new byte[Math.max(0, count)];
            link.scratch.flip().get(bytes);
            inFlight += bytes.length;
            chunks.add(new Chunk(ByteBuffer.wrap(bytes), dueAt(bytes.length, now)));
        }
    }

    /** One after the other over a link of limited speed, then half a round trip. */
    private long dueAt(int count, long now) {
        long free = linkFreeAt - now > 0 ? linkFreeAt : now;
        linkFreeAt = link.bytesPerSecond == 0 ? free : free + count * 1_000_000_000L / link.bytesPerSecond;
        return linkFreeAt + link.halfTripNanos;
    }

    private void write(long now) throws IOException {
        for (Chunk next = chunks.peek(); next != null && next.dueAt() - now <= 0; next = chunks.peek()) {
            int count = to.write(next.bytes());
            inFlight -= count;
            counter.accept(count);
            blocked = next.bytes().hasRemaining();
            if (blocked) {
                return;
            }
            chunks.remove();
        }
        if (readToEnd && chunks.isEmpty() && !ended) {
            to.shutdownOutput();
            ended = true;
        }
    }
}
