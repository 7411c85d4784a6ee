package io.deployflow.benchmark.ssh;

import java.util.Locale;
import java.util.Optional;

/**
 * What a figure must reach, and what it is.
 *
 * @param title what is asked
 * @param limit the most that it may be
 * @param measured what it is; empty where it was not measured this time
 * @param floor what it would be for the least that a deploy over ssh can do; empty where there is no such thing
 * @param detail the figures behind it
 */
record Requirement(String title, double limit, Optional<Double> measured, Optional<Double> floor, String detail) {

    /** Whether it is reached; false where it was not measured. */
    boolean isReached() {
        return measured.isPresent() && measured.get() <= limit;
    }

    /** Whether the floor itself is above the limit: then no deploy over ssh reaches it on the same machine. */
    boolean isOutOfReach() {
        return floor.filter(number -> number > limit).isPresent();
    }

    /** In few words. */
    String verdict() {
        if (measured.isEmpty()) {
            return "not measured";
        }
        if (isReached()) {
            return "reached";
        }
        return isOutOfReach() ? "MISSED, by the floor too" : "MISSED";
    }

    /** The measured number, in three digits. */
    String number() {
        return number(measured);
    }

    /** The floor's number, in as many. */
    String floorNumber() {
        return number(floor);
    }

    private static String number(Optional<Double> number) {
        return number.map(it -> String.format(Locale.ROOT, it < 10 ? "%.2f" : "%.0f", it))
                .orElse("-");
    }
}
