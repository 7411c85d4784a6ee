package io.deployflow;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What is deployed.
 *
 * @param name short name, used in image names, locks and records; letters, digits, {@code .}, {@code _}, {@code -}
 * @param source the source directory: a git work tree (or a directory inside one), or any directory
 * @param exclude patterns of paths below the source that are not deployed: a pattern without {@code /} matches a name
 *     at any depth, one with it a path from the root; {@code *} stays within a name, {@code **} does not
 */
public record Application(String name, Path source, List<String> exclude) {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the name is not a plain word
     */
    public Application {
        Objects.requireNonNull(source, "source");
        exclude = List.copyOf(exclude);
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException(
                    "application '" + name + "' is not a name: use letters, digits, '.', '_' and '-'");
        }
    }

    /** An application of which nothing is excluded. */
    public Application(String name, Path source) {
        this(name, source, List.of());
    }
}
