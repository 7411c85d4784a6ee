package io.deployflow;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where the time of a deploy went. Phases do not overlap.
 *
 * @param rows the phases that ran, in order
 * @param total from the first to the last moment
 */
public record Timeline(List<Row> rows, Duration total) {

    /**
     * One phase.
     *
     * @param phase which
     * @param start since the deploy's first moment
     * @param took how long
     * @param succeeded whether it did what it should
     */
    public record Row(Phase phase, Duration start, Duration took, boolean succeeded) {}

    /** Copies the list. */
    public Timeline {
        rows = List.copyOf(rows);
    }

    /** How long a phase took; empty if it did not run. */
    public Optional<Duration> took(Phase phase) {
        return rows.stream().filter(row -> row.phase() == phase).map(Row::took).reduce(Duration::plus);
    }
}
