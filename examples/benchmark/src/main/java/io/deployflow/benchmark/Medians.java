package io.deployflow.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The middle of measured times. */
public final class Medians {
    private Medians() {}

    /** The middle one, or the mean of the two in the middle; empty of nothing. */
    public static Optional<Duration> of(List<Duration> times) {
        if (times.isEmpty()) {
            return Optional.empty();
        }
        List<Duration> sorted = times.stream().sorted().toList();
        int half = sorted.size() / 2;
        return Optional.of(
                sorted.size() % 2 == 1
                        ? sorted.get(half)
                        : sorted.get(half - 1).plus(sorted.get(half)).dividedBy(2));
    }
}
