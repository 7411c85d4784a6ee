package io.deployflow.ecs;

import io.deployflow.BuildException;
import io.deployflow.Manifest;
import io.deployflow.Manifest.Kind;
import io.deployflow.TreeArtifact;
import io.deployflow.TreeContent;
import io.deployflow.ecs.internal.layers.PathBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The files of a source: the names of all, and the text of those that are asked for. */
final class SourceFiles {
    /** No file that says what an application is comes near to that; npm's lock file may have some megabytes. */
    private static final long LARGE = 1L << 24;

    private final Map<String, Manifest.Entry> byPath = new TreeMap<>();
    private final TreeContent content;

    /** Of a tree, of which nothing is read yet. */
    SourceFiles(TreeArtifact tree) {
        tree.manifest().entries().forEach(entry -> byPath.put(entry.path(), entry));
        content = tree.content();
    }

    /** Whether there is a file, a directory or a link of that name. */
    boolean has(String path) {
        return byPath.containsKey(PathBytes.of(path));
    }

    /** The names directly below a directory, sorted; below the root where it is empty. */
    Stream<String> in(String directory) {
        String prefix = directory.isEmpty() ? "" : directory + "/";
        return byPath.values().stream()
                .map(Manifest.Entry::displayPath)
                .filter(path -> path.startsWith(prefix) && path.indexOf('/', prefix.length()) < 0);
    }

    /**
     * A file's text; empty where it is not there or too large to be one.
     *
     * @throws BuildException if it cannot be read
     */
    Optional<String> text(String path) {
        return texts(path::equals).values().stream().findFirst();
    }

    /**
     * The texts of some files by their names, sorted.
     *
     * @throws BuildException if one cannot be read
     */
    Map<String, String> texts(Predicate<String> wanted) {
        List<Manifest.Entry> files = byPath.values().stream()
                .filter(entry -> entry.kind() == Kind.FILE && entry.size() <= LARGE && wanted.test(entry.path()))
                .toList();
        Map<String, String> texts = new TreeMap<>();
        if (files.isEmpty()) {
            return texts;
        }
        try (TreeContent.Reader reader = content.reader()) {
            reader.prefetch(files);
            for (Manifest.Entry file : files) {
                texts.put(file.path(), text(reader, file));
            }
        } catch (IOException e) {
            throw new BuildException(
                    "the source cannot be read: " + e.getMessage(), "Make every file of it readable.", null, e);
        }
        return texts;
    }

    private static String text(TreeContent.Reader reader, Manifest.Entry file) throws IOException {
        try (InputStream in = reader.open(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
