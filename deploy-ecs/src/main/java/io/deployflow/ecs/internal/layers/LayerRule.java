package io.deployflow.ecs.internal.layers;

import io.deployflow.Manifest;
import io.deployflow.Manifest.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Which entries of a tree a layer takes, and where to.
 *
 * @param name of the layer
 * @param from paths in the tree, {@code .} for all; one that ends with a slash gives what is in it, any other itself
 * @param to the directory that they come to, without a slash at either end; empty for the root
 * @param excluded whether a path of the tree, its bytes as chars, stays out
 * @param owner whose the files are
 * @param modes the mode that a path of the tree gets; empty for the one it has
 * @param split whether it becomes several layers, so that a change of one file changes a small one
 */
public record LayerRule(
        String name,
        List<String> from,
        String to,
        Predicate<String> excluded,
        Owner owner,
        Function<String, Optional<Integer>> modes,
        boolean split) {
    private static final int SPECIAL_BITS = 07000;
    private static final int EXECUTABLE_BIT = 0100;
    private static final int PLAIN = 0644;
    private static final int EXECUTABLE = 0755;

    /** Copies the list. */
    public LayerRule {
        from = List.copyOf(from);
    }

    /** What it takes of a tree for the image; empty where it does not take the entry. */
    Optional<ImageEntry> take(Manifest.Entry entry) {
        return placed(entry.path())
                .filter(path -> !excluded.test(entry.path()))
                .map(path -> new ImageEntry(
                        path, entry.kind(), mode(entry), owner, entry.size(), entry.digest(), Optional.of(entry)));
    }

    /** Where a path of the tree comes to in the image. */
    private Optional<String> placed(String path) {
        for (String one : from) {
            Optional<String> rest = below(one, path);
            if (rest.isPresent()) {
                return to.isEmpty() ? rest : Optional.of(to + "/" + rest.get());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> below(String from, String path) {
        if (from.equals(".") || from.equals("./")) {
            return Optional.of(path);
        }
        if (from.endsWith("/")) {
            return path.startsWith(from) ? Optional.of(path.substring(from.length())) : Optional.empty();
        }
        return path.equals(from) || path.startsWith(from + "/") ? Optional.of(path) : Optional.empty();
    }

    /** A mode that depends on somebody's umask would give another image on another machine. */
    private int mode(Manifest.Entry entry) {
        if (entry.kind() == Kind.LINK) {
            return 0777;
        }
        boolean isExecutable = entry.kind() == Kind.DIRECTORY || (entry.mode() & EXECUTABLE_BIT) != 0;
        return modes.apply(entry.path()).orElse((entry.mode() & SPECIAL_BITS) | (isExecutable ? EXECUTABLE : PLAIN));
    }
}
