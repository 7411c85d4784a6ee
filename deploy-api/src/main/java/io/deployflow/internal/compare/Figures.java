package io.deployflow.internal.compare;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The middle of measured times, and how far they lie apart.
 *
 * @param count how many there are
 * @param median the middle one, or the mean of the two in the middle
 * @param low a quarter of them is shorter
 * @param high a quarter of them is longer
 */
record Figures(int count, Duration shortest, Duration low, Duration median, Duration high, Duration longest) {
    private static final double QUARTER = 0.25;
    private static final double HALF = 0.5;
    /** Less than so many times as long is the same. */
    private static final double SAME = 1.05;

    /** Of some times; empty of none. */
    static Optional<Figures> of(List<Duration> times) {
        if (times.isEmpty()) {
            return Optional.empty();
        }
        List<Duration> sorted = times.stream().sorted().toList();
        return Optional.of(new Figures(
                sorted.size(),
                sorted.get(0),
                at(sorted, QUARTER),
                at(sorted, HALF),
                at(sorted, 1 - QUARTER),
                sorted.get(sorted.size() - 1)));
    }

    /** Whether the middle halves of both lie apart. */
    boolean liesApartFrom(Figures other) {
        return high.compareTo(other.low) < 0 || other.high.compareTo(low) < 0;
    }

    /** Whether another takes longer by no more than what runs differ by anyway. */
    boolean isCloseTo(Figures slower) {
        return slower.times(this) < SAME || !liesApartFrom(slower);
    }

    /** How many times as long as another; the other's median must not be zero. */
    double times(Figures other) {
        return (double) median.toNanos() / other.median.toNanos();
    }

    /** Between the two that are nearest. */
    private static Duration at(List<Duration> sorted, double share) {
        double position = share * (sorted.size() - 1);
        int below = (int) Math.floor(position);
        int above = (int) Math.ceil(position);
        long from = sorted.get(below).toNanos();
        long step = sorted.get(above).toNanos() - from;
        return Duration.ofNanos(from + Math.round(step * (position - below)));
    }
}
