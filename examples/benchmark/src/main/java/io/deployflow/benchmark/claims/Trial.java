package io.deployflow.benchmark.claims;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One deploy to many units, some of which fail by chance.
 *
 * @param succeeded what the tool said
 * @param wall what it took
 * @param units how many there are
 * @param updated how many of them serve the new release afterwards
 */
record Trial(boolean succeeded, Duration wall, int units, int updated) {
    static final String SUCCEEDED = "succeeded";
    static final String SECONDS = "seconds";
    static final String UPDATED = "units on the new release";
    static final String MIXED = "two releases at once";
    private static final double MILLIS = 1000;

    /** Whether some units serve one release and some another. */
    boolean isMixed() {
        return updated > 0 && updated < units;
    }

    Map<String, Double> measures() {
        Map<String, Double> measures = new LinkedHashMap<>();
        measures.put(SUCCEEDED, succeeded ? 1.0 : 0);
        measures.put(SECONDS, wall.toMillis() / MILLIS);
        measures.put(UPDATED, (double) updated);
        measures.put(MIXED, isMixed() ? 1.0 : 0);
        return measures;
    }

    /** For the terminal. */
    String words() {
        return String.format(
                Locale.ROOT,
                "%s in %.1f s, %d of %d on the new release",
                succeeded ? "succeeded" : "failed",
                wall.toMillis() / MILLIS,
                updated,
                units);
    }
}
