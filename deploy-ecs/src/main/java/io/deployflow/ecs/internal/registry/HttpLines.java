package io.deployflow.ecs.internal.registry;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lines that wait for the next request. Thread-safe. */
final class HttpLines implements AutoCloseable {
    /** Servers close what is idle for longer, and a request that meets just that would break off. */
    private static final long IDLE_NANOS = Duration.ofSeconds(4).toNanos();

    private final Map<HttpRoute, Deque<Idle>> waiting = new HashMap<>();
    private boolean closed;

    private record Idle(HttpLine line, long since) {
        boolean isFresh() {
            return System.nanoTime() - since < IDLE_NANOS;
        }
    }

    /** A line to the server of a URL; the one that was used last, as it is the least likely to be closed. */
    HttpLine to(URI url) {
        HttpRoute route = HttpRoute.to(url);
        HttpLine idle = idle(route);
        return idle == null ? new HttpLine(route, line -> keep(route, line)) : idle;
    }

    private synchronized @Nullable HttpLine idle(HttpRoute route) {
        Deque<Idle> lines = waiting.computeIfAbsent(route, key -> new ArrayDeque<>());
        for (Idle one = lines.pollLast(); one != null; one = lines.pollLast()) {
            if (one.isFresh()) {
                return one.line();
            }
            one.line().close();
        }
        return null;
    }

    private synchronized void keep(HttpRoute route, HttpLine line) {
        if (closed) {
            line.close();
        } else {
            waiting.computeIfAbsent(route, key -> new ArrayDeque<>()).addLast(new Idle(line, System.nanoTime()));
        }
    }

    /** Ends those that wait; those in use end when their answers are read. */
    @Override
    public synchronized void close() {
        closed = true;
        waiting.values().forEach(lines -> lines.forEach(one -> one.line().close()));
        waiting.clear();
    }
}
