package io.deployflow.internal.compare;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A scale of time that begins at zero and ends at or above what it must show.
 *
 * @param step between two marks
 * @param end the last mark
 */
record Axis(Duration step, Duration end) {
    private static final List<Long> STEPS = List.of(
            10L,
            20L,
            50L,
            100L,
            200L,
            500L,
            1_000L,
            2_000L,
            5_000L,
            10_000L,
            20_000L,
            30_000L,
            60_000L,
            120_000L,
            300_000L,
            600_000L,
            1_800_000L,
            3_600_000L);
    private static final int MOST_MARKS = 6;

    /** For times up to the longest. */
    static Axis upTo(Duration longest) {
        long millis = Math.max(1, longest.toMillis());
        long step = STEPS.stream()
                .filter(candidate -> millis <= candidate * MOST_MARKS)
                .findFirst()
                .orElse((millis / MOST_MARKS + 1));
        return new Axis(Duration.ofMillis(step), Duration.ofMillis((millis + step - 1) / step * step));
    }

    /** Where a time lies, from 0 to 1. */
    double share(Duration time) {
        return (double) time.toNanos() / end.toNanos();
    }

    /** The marks, zero and the end too. */
    List<Duration> marks() {
        return LongStream.rangeClosed(0, end.toMillis() / step.toMillis())
                .mapToObj(step::multipliedBy)
                .toList();
    }

    /** What stands at a mark. */
    static String label(Duration mark) {
        if (mark.isZero()) {
            return "0";
        }
        return mark.toMillis() % 60_000 == 0
                ? mark.toMinutes() + " min"
                : mark.toMillis() % 1000 == 0 ? mark.toSeconds() + " s" : mark.toMillis() + " ms";
    }
}
