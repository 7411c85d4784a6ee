package io.deployflow.ecs.internal.layers;

import io.deployflow.BuildException;
import io.deployflow.Manifest;
import io.deployflow.Manifest.Entry;
import io.deployflow.Manifest.Kind;
import io.deployflow.Revision;
import io.deployflow.TreeArtifact;
import io.deployflow.TreeContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A directory's entries, with git's id of every file for its digest. Sockets, pipes and devices are left out. */
public final class DirectoryTree {
    private static final int PERMISSIONS = 07777;

    private final Path root;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Path> files = new HashMap<>();

    private DirectoryTree(Path root) {
        this.root = root.toAbsolutePath();
    }

    /**
     * Reads a directory.
     *
     * @throws BuildException if something in it cannot be read
     */
    public static TreeArtifact read(Path root, Revision revision) {
        DirectoryTree tree = new DirectoryTree(root);
        try {
            tree.walk();
        } catch (IOException e) {
            throw new BuildException(
                    "cannot read the files for the image: " + e,
                    "Make every file readable, or exclude what is not to be deployed.",
                    null,
                    e);
        }
        tree.entries.sort(Comparator.comparing(Entry::path));
        return new TreeArtifact(revision, new Manifest(tree.entries), new Content(tree.files));
    }

    private void walk() throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (!directory.equals(root)) {
                    entries.add(new Entry(name(directory), Kind.DIRECTORY, mode(directory), 0, ""));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isSymbolicLink()) {
                    String target = PathBytes.target(Files.readSymbolicLink(file));
                    entries.add(new Entry(name(file), Kind.LINK, PERMISSIONS, 0, target));
                } else if (attributes.isRegularFile()) {
                    String id = GitId.of(file, attributes.size());
                    entries.add(new Entry(name(file), Kind.FILE, mode(file), attributes.size(), id));
                    files.put(name(file), file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private String name(Path path) {
        return PathBytes.relative(root, path);
    }

    /** With setuid, setgid and sticky, which POSIX permissions do not have in Java. */
    private static int mode(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & PERMISSIONS;
    }

    /** Opens the files by the path in the manifest. */
    private record Content(Map<String, Path> files) implements TreeContent, TreeContent.Reader {
        @Override
        public TreeContent.Reader reader() {
            return this;
        }

        @Override
        public InputStream open(Entry file) throws IOException {
            return Files.newInputStream(path(file));
        }

        @Override
        public Instant modified(Entry file) throws IOException {
            return Files.getLastModifiedTime(path(file)).toInstant();
        }

        private Path path(Entry file) throws IOException {
            Path path = files.get(file.path());
            if (path == null) {
                throw new IOException(file.displayPath() + " is not in the tree");
            }
            return path;
        }

        @Override
        public void close() {
            // Every file is closed by who opened it.
        }
    }
}
