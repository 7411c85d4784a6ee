package io.deployflow;

import java.time.Instant;

/** A release of {@link FakeAdapter}. */
record FakeRelease(String id, State state) implements Release {
    @Override
    public String revision() {
        return "0123456789abcdef";
    }

    @Override
    public Instant createdAt() {
        return Instant.EPOCH;
    }

    @Override
    public String createdBy() {
        return "ann@desk";
    }
}
