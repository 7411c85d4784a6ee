package io.deployflow.internal.config.yaml;

/**
 * A place in a file.
 *
 * @param line from 1
 * @param column from 1
 */
public record Location(int line, int column) implements Comparable<Location> {
    /** Where every file begins. */
    public static final Location START = new Location(1, 1);

    @Override
    public int compareTo(Location other) {
        // Not by a comparator of comparators: those are made at run time, which a short command notices.
        int lines = Integer.compare(line, other.line);
        return lines == 0 ? Integer.compare(column, other.column) : lines;
    }

    /** Such as {@code 12:5}. */
    @Override
    public String toString() {
        return line + ":" + column;
    }
}
