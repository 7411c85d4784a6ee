package io.deployflow;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the time of a deploy went. Phases do not overlap; what units do may.
 *
 * @param begun the deploy's first moment
 * @param rows the phases that ran, in order
 * @param lanes what each unit did meanwhile, as far as that is known
 * @param total from the first to the last moment
 */
public record Timeline(Instant begun, List<Row> rows, List<Lane> lanes, Duration total) {

    /**
     * One phase.
     *
     * @param phase which
     * @param start since the deploy's first moment
     * @param took how long
     * @param succeeded whether it did what it should
     */
    public record Row(Phase phase, Duration start, Duration took, boolean succeeded) {}

    /**
     * What a deploy waited for.
     *
     * @param name the name of spans
     * @param took for how much of the deploy at least one unit was at it
     */
    public record Share(String name, Duration took) {}

    /** Copies the lists. */
    public Timeline {
        Objects.requireNonNull(begun, "begun");
        rows = List.copyOf(rows);
        lanes = List.copyOf(lanes);
    }

    /** How long a phase took; empty if it did not run. */
    public Optional<Duration> took(Phase phase) {
        return rows.stream().filter(row -> row.phase() == phase).map(Row::took).reduce(Duration::plus);
    }

    /** What units did other than serve, and for how much of the deploy; the longest first. */
    public List<Share> shares() {
        return lanes.stream()
                .flatMap(lane -> lane.spans().stream())
                .filter(span -> !span.isServing())
                .map(Lane.Span::name)
                .distinct()
                .map(name -> new Share(name, covered(name)))
                .filter(share -> !share.took().isZero())
                .sorted(Comparator.comparing(Share::took).reversed())
                .toList();
    }

    /** How much of the deploy the spans of a name cover together. */
    private Duration covered(String name) {
        List<Lane.Span> spans = lanes.stream()
                .flatMap(lane -> lane.spans().stream())
                .filter(span -> span.name().equals(name))
                .sorted(Comparator.comparing(Lane.Span::start))
                .toList();
        Instant end = begun.plus(total);
        Instant covered = begun;
        Duration sum = Duration.ZERO;
        for (Lane.Span span : spans) {
            Instant from = span.start().isBefore(covered) ? covered : span.start();
            Instant until = span.until().isAfter(end) ? end : span.until();
            if (from.isBefore(until)) {
                sum = sum.plus(Duration.between(from, until));
                covered = until;
            }
        }
        return sum;
    }
}
