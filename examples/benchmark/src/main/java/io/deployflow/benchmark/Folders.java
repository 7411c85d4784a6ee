package io.deployflow.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Removes what was made for a run. */
public final class Folders {
    private Folders() {}

    /**
     * Removes a folder with all that is in it.
     *
     * @throws IOException if something stays
     */
    public static void delete(Path folder) throws IOException {
        for (Path entry : deepestFirst(folder)) {
            Files.delete(entry);
        }
    }

    private static List<Path> deepestFirst(Path folder) throws IOException {
        try (Stream<Path> entries = Files.walk(folder)) {
            return entries.sorted(Comparator.reverseOrder()).toList();
        }
    }
}
