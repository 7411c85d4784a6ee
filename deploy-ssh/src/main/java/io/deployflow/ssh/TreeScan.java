package io.deployflow.ssh;

import io.deployflow.BuildException;
import io.deployflow.Manifest;
import io.deployflow.Manifest.Entry;
import io.deployflow.Manifest.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Makes the manifest of a directory. */
final class TreeScan {
    private static final int PERMISSIONS = 07777;

    private TreeScan() {}

    /**
     * Reads every entry below a root.
     *
     * @throws BuildException if an entry is neither file, directory nor link, or cannot be read
     */
    static Manifest scan(Path root) {
        try (Stream<Path> paths = Files.walk(root)) {
            List<Path> all = paths.filter(path -> !path.equals(root)).toList();
            return new Manifest(all.parallelStream()
                    .map(path -> entry(root, path))
                    .sorted(Comparator.comparing(Entry::path))
                    .toList());
        } catch (IOException | UncheckedIOException e) {
            throw new BuildException("the tree in " + root + " cannot be read: " + e.getMessage(), "", null, e);
        }
    }

    private static Entry entry(Path root, Path path) {
        String name = RawPaths.below(root, path);
        try {
            if (Files.isSymbolicLink(path)) {
                return new Entry(name, Kind.LINK, 0777, 0, RawPaths.linkText(Files.readSymbolicLink(path)));
            }
            int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & PERMISSIONS;
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                return new Entry(name, Kind.DIRECTORY, mode, 0, "");
            }
            if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                return new Entry(name, Kind.FILE, mode, Files.size(path), Digests.sha256(path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new BuildException(
                path + " is neither a file, a directory nor a link", "Exclude it, or remove it in a build command.");
    }
}
