package io.deployflow;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What one unit did during a deploy, and when: a row of a waterfall.
 *
 * @param unit the host or task, named as in {@link UnitResult}
 * @param group what it belongs to: a task's service; empty for a host
 * @param release id of the release that it runs; empty for a host, which changes it
 * @param replaced whether it served before, and goes so that others take its place
 * @param spans what it did, in the order in which that began
 */
public record Lane(String unit, String group, String release, boolean replaced, List<Span> spans) {

    /** The name of a span in which a unit has nothing to do but what it is there for. */
    public static final String SERVING = "serving";

    /** How a span ended. */
    public enum End {
        /** It did what it should. */
        DONE,
        /** It failed. */
        FAILED,
        /** It has not ended: so it was when it was last looked at. */
        OPEN
    }

    /**
     * A part of a unit's time.
     *
     * @param name what it did, in a word or two: {@code pulling}, {@code becoming healthy}, {@code draining}; for a
     *     host {@code connect}, {@code stage}, {@code switch}, {@code health}
     * @param start when it began, by the clock of whoever deploys
     * @param took how long it took; until it was last looked at, where it has not ended
     * @param end how it ended
     */
    public record Span(String name, Instant start, Duration took, End end) {
        /** Checks that nothing is missing; what would have ended before it began took no time. */
        public Span {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(start, "start");
            Objects.requireNonNull(end, "end");
            took = took.isNegative() ? Duration.ZERO : took;
        }

        /** The moment at which it ended, or was last looked at. */
        public Instant until() {
            return start.plus(took);
        }

        /** Whether the unit only served. */
        public boolean isServing() {
            return name.equals(SERVING);
        }
    }

    /** Copies the list. */
    public Lane {
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(release, "release");
        spans = List.copyOf(spans);
    }

    /** Of a host. */
    public static Lane of(String unit, Span... spans) {
        return new Lane(unit, "", "", false, List.of(spans));
    }
}
