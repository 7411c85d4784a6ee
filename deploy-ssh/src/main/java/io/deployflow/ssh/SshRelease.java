package io.deployflow.ssh;

import io.deployflow.Release;
import java.time.Instant;
import java.util.Objects;

/**
 * A directory {@code releases/ID} that is the same on every host.
 *
 * @param id see {@link ReleaseId}
 * @param revision the full revision id, or {@code unknown}
 * @param createdAt when it was pushed
 * @param createdBy who pushed it
 * @param state what is known of it, over all hosts
 */
record SshRelease(String id, String revision, Instant createdAt, String createdBy, State state) implements Release {
    SshRelease {
        Objects.requireNonNull(revision, "revision");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(createdBy, "createdBy");
        Objects.requireNonNull(state, "state");
        if (!ReleaseId.isOne(id)) {
            throw new IllegalArgumentException("'" + id + "' is not a release id");
        }
    }

    /** The same with another state. */
    SshRelease as(State other) {
        return new SshRelease(id, revision, createdAt, createdBy, other);
    }
}
