package io.deployflow;

import java.util.Locale;

/** The rows of every timeline, in the order in which they may happen. */
public enum Phase {
    /** Reaching every unit, taking the lock; nothing has changed yet. */
    PREFLIGHT,
    /** Making the artifact. */
    BUILD,
    /** Bringing it to the target as a release; nothing is live yet. */
    PUSH,
    /** Making the release live, and judging its health. */
    ROLLOUT,
    /** The target's own check from outside. */
    VERIFY,
    /** Putting back what was live before. */
    ROLLBACK,
    /** Recording the release as good, removing old ones, unlocking. */
    CLEANUP,
    /** What is done to a target between deploys; see {@link Operation}. No timeline has it. */
    OPERATION;

    /** The word that people see: lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
