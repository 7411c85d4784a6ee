package io.deployflow;

import java.util.List;
import java.util.Set;

/**
 * A command that is run on the units of a target.
 *
 * @param words one word is a shell command, as a person would type it there; several are a program and its arguments,
 *     which no shell takes apart
 * @param roles only on units that have one of these roles; empty for all units
 */
public record UnitCommand(List<String> words, Set<String> roles) {

    /**
     * Copies the collections.
     *
     * @throws IllegalArgumentException if there is no word
     */
    public UnitCommand {
        words = List.copyOf(words);
        roles = Set.copyOf(roles);
        if (words.isEmpty() || words.get(0).isBlank()) {
            throw new IllegalArgumentException("a command needs at least one word");
        }
    }

    /** For all units. */
    public static UnitCommand of(String... words) {
        return new UnitCommand(List.of(words), Set.of());
    }
}
