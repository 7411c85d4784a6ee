package io.deployflow.ssh;

import io.deployflow.CancellationToken;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Looks after a piece of work that can hang in a write: cuts it where it stands still for too long or is cancelled. */
final class Watch implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(100);
    private static final ScheduledExecutorService CLOCK =
            Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "deployflow-watch"));

    private final Duration limit;
    private final CancellationToken cancellation;
    private final Runnable cut;
    private final ScheduledFuture<?> looks;
    private volatile long since = System.nanoTime();
    private volatile boolean timeUp;

    private Watch(Duration limit, CancellationToken cancellation, Runnable cut) {
        this.limit = limit;
        this.cancellation = cancellation;
        this.cut = cut;
        this.looks = CLOCK.scheduleWithFixedDelay(this::look, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Begins to look.
     *
     * @param limit for how long the work may stand still
     * @param cut ends the work; it may take its time, and it happens once
     */
    static Watch over(Duration limit, CancellationToken cancellation, Runnable cut) {
        return new Watch(limit, cancellation, cut);
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    private void look() {
        timeUp = System.nanoTime() - since > limit.toNanos();
        if (timeUp || cancellation.isCancelled()) {
            daemon(cut, "deployflow-cutting").start();
            looks.cancel(false);
        }
    }

    /** The work has got on. */
    void moved() {
        since = System.nanoTime();
    }

    /** Whether the work was cut because it stood still. */
    boolean timeUp() {
        return timeUp;
    }

    @Override
    public void close() {
        looks.cancel(false);
    }
}
