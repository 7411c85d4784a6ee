package io.deployflow;

import java.util.Objects;

/**
 * A rollout of some time ago, as its target remembers it.
 *
 * @param group the service that it changed; empty where the target is one thing
 * @param release what it rolled out
 * @param outcome what became of it
 * @param reason what the target says about that; empty where there is nothing to say
 * @param timeline where its time went: the phase {@link Phase#ROLLOUT}, and the units' lanes
 */
public record PastRollout(String group, Release release, Outcome outcome, String reason, Timeline timeline) {

    /** What became of a rollout. */
    public enum Outcome {
        /** Its release served. */
        DEPLOYED,
        /** It was taken back, stopped, or replaced before it was done. */
        FAILED,
        /** It goes on. */
        GOES_ON
    }

    /** Checks that nothing is missing. */
    public PastRollout {
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(release, "release");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(timeline, "timeline");
    }
}
