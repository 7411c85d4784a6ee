package io.deployflow.internal;

import io.deployflow.Release;
import java.time.Instant;

/**
 * A release in the state that a deploy has brought it to; the adapter's own object says what was so when it was made.
 *
 * @param release as the adapter gave it
 * @param state what is known of it now
 */
record JudgedRelease(Release release, State state) implements Release {

    @Override
    public String id() {
        return release.id();
    }

    @Override
    public String revision() {
        return release.revision();
    }

    @Override
    public Instant createdAt() {
        return release.createdAt();
    }

    @Override
    public String createdBy() {
        return release.createdBy();
    }
}
