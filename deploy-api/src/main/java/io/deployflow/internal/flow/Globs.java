package io.deployflow.internal.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds files by a pattern: {@code *} stays within a name, <code>**&#47;</code> is any number of directories, or none.
 */
record Globs(Path directory) {
    private static final Pattern PIECE = Pattern.compile("(\\*\\*/)|(\\*\\*)|(\\*)|(\\?)|([^*?]+)");

    /** Their paths below the directory, sorted. */
    List<String> find(String glob) {
        Pattern pattern = pattern(glob);
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString())
                    .filter(path -> pattern.matcher(path).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look for " + glob + ": " + e.getMessage(), e);
        }
    }

    private static Pattern pattern(String glob) {
        StringBuilder regex = new StringBuilder();
        for (Matcher piece = PIECE.matcher(glob); piece.find(); ) {
            regex.append(
                    piece.group(1) != null
                            ? "(?:.*/)?"
                            : piece.group(2) != null
                                    ? ".*"
                                    : piece.group(3) != null
                                            ? "[^/]*"
                                            : piece.group(4) != null ? "[^/]" : Pattern.quote(piece.group(5)));
        }
        return Pattern.compile(regex.toString());
    }
}
