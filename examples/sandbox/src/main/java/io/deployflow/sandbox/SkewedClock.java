package io.deployflow.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** A clock that goes wrong by a fixed time, which can be changed. Thread-safe. */
public final class SkewedClock extends Clock {

    private final Clock right;
    private volatile Duration skew = Duration.ZERO;

    SkewedClock(Clock right) {
        this.right = right;
    }

    /** {@return how far it is fast; negative when it is slow} */
    public Duration skew() {
        return skew;
    }

    /**
     * Sets it wrong.
     *
     * @param fast how far it is fast; negative makes it slow
     */
    public void skew(Duration fast) {
        skew = fast;
    }

    @Override
    public Instant instant() {
        return right.instant().plus(skew);
    }

    @Override
    public ZoneId getZone() {
        return right.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return right.withZone(zone);
    }
}
