package io.deployflow.internal.config.yaml;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Gathers what is wrong in a file. What is found twice, through an alias for instance, is there once. */
public final class Mistakes {
    private final SortedSet<Mistake> found = new TreeSet<>();

    /** Adds one. */
    public void add(Location location, String message) {
        found.add(new Mistake(location, message));
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** All of them, by position. */
    public List<Mistake> sorted() {
        return List.copyOf(found);
    }
}
