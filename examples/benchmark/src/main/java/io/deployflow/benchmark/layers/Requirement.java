package io.deployflow.benchmark.layers;

import java.util.Locale;
import java.util.Optional;

/**
 * What a figure must reach, and what it is.
 *
 * @param title what is asked
 * @param limit the most that it may be
 * @param measured what it is; empty where it was not measured this time
 * @param detail the figures behind it
 */
record Requirement(String title, double limit, Optional<Double> measured, String detail) {

    /** Whether it is reached; false where it was not measured. */
    boolean isReached() {
        return measured.isPresent() && measured.get() <= limit;
    }

    /** In one word. */
    String verdict() {
        if (measured.isEmpty()) {
            return "not measured";
        }
        return isReached() ? "reached" : "MISSED";
    }

    /** The measured number, in three digits. */
    String number() {
        return measured.map(number -> String.format(Locale.ROOT, number < 10 ? "%.2f" : "%.0f", number))
                .orElse("-");
    }
}
