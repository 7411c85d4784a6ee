package io.deployflow.internal.flow;

import io.deployflow.CancellationToken;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A token that is cancelled with another one, or when a time is up. */
final class Deadline implements AutoCloseable {
    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "flow-timer");
        thread.setDaemon(true);
        return thread;
    });

    private final CancellationToken token = CancellationToken.create();
    private final AtomicBoolean passed = new AtomicBoolean();
    private final Duration time;
    private final CancellationToken.Registration above;
    private final ScheduledFuture<?> alarm;

    private Deadline(Duration time, CancellationToken outer) {
        this.time = time;
        this.above = outer.onCancel(token::cancel);
        this.alarm = TIMER.schedule(this::pass, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The shorter one of a time of its own, if it has one, and what is left of another. */
    static Deadline of(Optional<Duration> own, Duration left, CancellationToken outer) {
        return new Deadline(own.filter(time -> time.compareTo(left) < 0).orElse(left), outer);
    }

    CancellationToken token() {
        return token;
    }

    /** Whether the time was up. */
    boolean isPassed() {
        return passed.get();
    }

    Duration time() {
        return time;
    }

    private void pass() {
        passed.set(true);
        token.cancel();
    }

    @Override
    public void close() {
        alarm.cancel(false);
        above.close();
    }
}
