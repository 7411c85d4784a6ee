package io.deployflow;

import java.util.Objects;
import java.util.Optional;

/**
 * One thing that a deploy would change.
 *
 * @param what the thing, such as {@code app1 current} or {@code containerDefinitions[app].image}
 * @param from its value now, if it has one
 * @param to its value afterwards, if it will have one
 */
public record Change(String what, Optional<String> from, Optional<String> to) {
    /** Checks that nothing is missing. */
    public Change {
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
    }

    /** Something that would be new. */
    public static Change add(String what, String to) {
        return new Change(what, Optional.empty(), Optional.of(to));
    }

    /** Something that would have another value. */
    public static Change change(String what, String from, String to) {
        return new Change(what, Optional.of(from), Optional.of(to));
    }

    /** Something that would go. */
    public static Change remove(String what, String from) {
        return new Change(what, Optional.of(from), Optional.empty());
    }
}
