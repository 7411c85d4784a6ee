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

    // By scheme and server: a record is no key here, as Java first makes code to compare it.
    private final Map<String, Deque<Idle>> waiting = new HashMap<>();
    private boolean closed;

    private record Idle(HttpLine line, long since) {
        boolean isFresh() {
            return System.nanoTime() - since < IDLE_NANOS;
        }
    }

    /** A line to the server of a URL; the one that was used last, as it is the least likely to be closed. */
    HttpLine to(URI url) {
        String server = url.getScheme() + "://" + url.getRawAuthority();
        HttpLine idle = idle(server);
        return idle == null ? new HttpLine(HttpRoute.to(url), line -> keep(server, line)) : idle;
    }

    private synchronized @Nullable HttpLine idle(String server) {
        Deque<Idle> lines = waiting.computeIfAbsent(server, key -> new ArrayDeque<>());
        for (Idle one = lines.pollLast(); one != null; one = lines.pollLast()) {
            if (one.isFresh()) {
                return one.line();
            }
            one.line().close();
        }
        return null;
    }

    private synchronized void keep(String server, HttpLine line) {
        if (closed) {
            line.close();
        } else {
            waiting.computeIfAbsent(server, key -> new ArrayDeque<>()).addLast(new Idle(line, System.nanoTime()));
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
