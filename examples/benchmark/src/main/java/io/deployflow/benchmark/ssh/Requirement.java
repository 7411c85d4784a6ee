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
 * @param javaFloor what it would be for the least Java program that does the same; empty where there is no such thing
 * @param detail the figures behind it
 */
record Requirement(
        String title,
        double limit,
        Optional<Double> measured,
        Optional<Double> floor,
        Optional<Double> javaFloor,
        String detail) {

    /** Whether it is reached; false where it was not measured. */
    boolean isReached() {
        return measured.isPresent() && measured.get() <= limit;
    }

    /** Whether a floor itself is above the limit: then nothing of its kind reaches it on the same machine. */
    private boolean isOutOfReach(Optional<Double> least) {
        return least.filter(number -> number > limit).isPresent();
    }

    /** In few words. */
    String verdict() {
        if (measured.isEmpty()) {
            return "not measured";
        }
        if (isReached()) {
            return "reached";
        }
        if (isOutOfReach(floor)) {
            return "MISSED, by the floor too";
        }
        return isOutOfReach(javaFloor) ? "MISSED, by Java's floor too" : "MISSED";
    }

    /** The measured number, in three digits. */
    String number() {
        return number(measured);
    }

    /** The floor's number, in as many. */
    String floorNumber() {
        return number(floor);
    }

    /** The number of Java's floor, in as many. */
    String javaFloorNumber() {
        return number(javaFloor);
    }

    private static String number(Optional<Double> number) {
        return number.map(it -> String.format(Locale.ROOT, it < 10 ? "%.2f" : "%.0f", it))
                .orElse("-");
    }
}
