package io.deployflow.ssh;

import io.deployflow.BuildException;
import io.deployflow.Manifest;
import io.deployflow.Manifest.Entry;
import io.deployflow.Manifest.Kind;
import io.deployflow.TreeArtifact;
import io.deployflow.TreeContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The file {@code REVISION} of every release, as Capistrano writes it too: it says which revision stands there. Put
 * into a tree without touching its source; a file or link of that name gives way.
 *
 * @param text its content
 * @param modified when it was made
 */
record RevisionFile(String text, Instant modified) {
    /** Its name, at the root of a release. */
    static final String NAME = "REVISION";

    private static final int MODE = 0644;

    /**
     * A tree with the file in it.
     *
     * @throws BuildException if the tree has a directory of that name
     */
    static TreeArtifact into(TreeArtifact tree, Instant now) {
        RevisionFile file = new RevisionFile(tree.revision().id() + "\n", now);
        return new TreeArtifact(
                tree.revision(),
                file.into(tree.manifest()),
                () -> file.over(tree.content().reader()));
    }

    private Manifest into(Manifest tree) {
        Entry mine = new Entry(NAME, Kind.FILE, MODE, bytes().length, Digests.sha256(bytes()));
        Stream<Entry> others = tree.entries().stream().filter(entry -> !isReplaced(entry));
        List<Entry> all = Stream.concat(others, Stream.of(mine))
                .sorted(Comparator.comparing(Entry::path))
                .toList();
        return new Manifest(all);
    }

    private byte[] bytes() {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean isReplaced(Entry entry) {
        if (entry.path().equals(NAME) && entry.kind() == Kind.DIRECTORY) {
            throw new BuildException(
                    "the tree has a directory REVISION, where the release's revision is written",
                    "Rename it, or exclude it.");
        }
        return entry.path().equals(NAME);
    }

    private TreeContent.Reader over(TreeContent.Reader others) {
        return new TreeContent.Reader() {
            @Override
            public void prefetch(List<Entry> files) {
                others.prefetch(
                        files.stream().filter(file -> !file.path().equals(NAME)).toList());
            }

            @Override
            public InputStream open(Entry file) throws IOException {
                return file.path().equals(NAME) ? new ByteArrayInputStream(bytes()) : others.open(file);
            }

            @Override
            public Instant modified(Entry file) throws IOException {
                return file.path().equals(NAME) ? modified : others.modified(file);
            }

            @Override
            public void close() throws IOException {
                others.close();
            }
        };
    }
}
