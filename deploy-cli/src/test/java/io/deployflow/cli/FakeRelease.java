package io.deployflow.cli;

import io.deployflow.Release;
import java.time.Instant;

/** A release of {@link FakeAdapter}. */
record FakeRelease(String id, State state) implements Release {
    static final FakeRelease LIVE = new FakeRelease("20260101000000", State.LIVE);
    static final FakeRelease NEW = new FakeRelease("20260102030405", State.STAGED);
    static final FakeRelease OLD = new FakeRelease("20251224180000", State.GOOD);

    @Override
    public String revision() {
        return "0123456789abcdef0123456789abcdef01234567";
    }

    @Override
    public Instant createdAt() {
        return Instant.parse("2026-01-01T10:11:12Z");
    }

    @Override
    public String createdBy() {
        return "ann@desk";
    }
}
