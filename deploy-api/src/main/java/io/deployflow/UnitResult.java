package io.deployflow;

import java.time.Duration;
import java.util.Objects;

/**
 * What became of one unit.
 *
 * @param unit the host or task
 * @param state how it ended
 * @param detail one line for people: the release it serves, or why it failed
 * @param took how long its change took
 */
public record UnitResult(String unit, State state, String detail, Duration took) {

    /** How a unit ended. */
    public enum State {
        /** It serves the new release. */
        SWITCHED,
        /** It was left as it was. */
        UNCHANGED,
        /** It could not be reached before anything was changed, and the deploy went on without it. */
        SKIPPED,
        /** It was switched, and serves again what it served before. */
        RESTORED,
        /** It failed, and what it serves may not be what it served before. */
        FAILED,
        /** It could not be asked. */
        UNKNOWN
    }

    /** Checks that nothing is missing. */
    public UnitResult {
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(took, "took");
    }
}
