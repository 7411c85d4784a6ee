package io.deployflow.sandbox.simulated;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is moved. Thread-safe. */
public final class SimulatedClock extends Clock {

    private volatile Instant now;

    /**
     * Stands at a time.
     *
     * @param start the time
     */
    public SimulatedClock(Instant start) {
        this.now = start;
    }

    /**
     * Moves it; one thread at a time may.
     *
     * @param time how far, not negative
     */
    public void move(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("the sandbox's clock has no zone but UTC");
    }
}
