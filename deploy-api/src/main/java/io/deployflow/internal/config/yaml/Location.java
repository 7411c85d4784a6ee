package io.deployflow.internal.config.yaml;

import java.util.Comparator;

/**
 * A place in a file.
 *
 * @param line from 1
 * @param column from 1
 */
public record Location(int line, int column) implements Comparable<Location> {
    /** Where every file begins. */
    public static final Location START = new Location(1, 1);

    private static final Comparator<Location> ORDER =
            Comparator.comparingInt(Location::line).thenComparingInt(Location::column);

    @Override
    public int compareTo(Location other) {
        return ORDER.compare(this, other);
    }

    /** Such as {@code 12:5}. */
    @Override
    public String toString() {
        return line + ":" + column;
    }
}
