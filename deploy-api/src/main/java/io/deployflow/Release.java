package io.deployflow;

import java.time.Instant;

/**
 * A pushed artifact at a target: a task definition revision, or a directory under {@code releases/}. An adapter has its
 * own type for it, which carries what its rollout needs.
 */
public interface Release {

    /** What is known of a release. */
    enum State {
        /** Serving now. */
        LIVE,
        /** Served once and passed its checks: a rollback may go to it. */
        GOOD,
        /** Was rolled out, failed and was taken back; kept as evidence. */
        FAILED,
        /** Pushed, but never rolled out to the end. */
        STAGED,
        /** Its push did not end: never rolled out. */
        BROKEN
    }

    /** Unique at its target, sorts by age: {@code 20260102030405}, {@code puma:17}. */
    String id();

    /** The full revision id that it was made from, or {@code unknown}. */
    String revision();

    /** When it was pushed. */
    Instant createdAt();

    /** Who pushed it: {@code user@machine}, or {@code unknown}. */
    String createdBy();

    /** What is known of it. */
    State state();
}
