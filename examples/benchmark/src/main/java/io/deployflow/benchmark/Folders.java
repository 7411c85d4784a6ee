package io.deployflow.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Removes what the demo made. */
final class Folders {
    private Folders() {}

    static void delete(Path folder) throws IOException {
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
