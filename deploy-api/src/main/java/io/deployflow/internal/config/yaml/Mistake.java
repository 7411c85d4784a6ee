package io.deployflow.internal.config.yaml;

import java.util.Comparator;

/**
 * One thing that is wrong in a file.
 *
 * @param location where
 * @param message what, and what would be right; one line
 */
public record Mistake(Location location, String message) implements Comparable<Mistake> {
    private static final Comparator<Mistake> ORDER =
            Comparator.comparing(Mistake::location).thenComparing(Mistake::message);

    @Override
    public int compareTo(Mistake other) {
        return ORDER.compare(this, other);
    }
}
