package io.deployflow.ecs;

import io.deployflow.sandbox.SimulatedSandbox;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** Paces for tests. */
final class Paces {
    static final RateLimiter NO_LIMIT = new RateLimiter(1000, Duration.ofSeconds(1), Pace.REAL);

    private Paces() {}

    /** Pauses no longer than this, whatever is asked for. */
    static Pace every(Duration pause) {
        return new Pace(System::nanoTime, (time, token) -> LockSupport.parkNanos(pause.toNanos()));
    }

    /** Lets a sandbox's time pass in place of waiting. */
    static Pace of(SimulatedSandbox sandbox) {
        Instant start = sandbox.clock().instant();
        return new Pace(
                () -> Duration.between(start, sandbox.clock().instant()).toNanos(),
                (time, token) -> sandbox.advance(time));
    }
}
