package io.deployflow.ecs;

import io.deployflow.ecs.internal.layers.PathBytes;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * The tar that a build is sent: the source without what {@code .dockerignore} leaves out, and a file {@code REVISION}
 * that names the revision, as a release over SSH has it. Modification times are kept: the engine's cache does not look
 * at them, but what serves the files tells browsers.
 */
final class BuildContext {
    private static final String REVISION_FILE = "REVISION";
    private static final int BLOCK = 1 << 16;

    private final Path root;
    private final String dockerfile;
    private final String revision;
    private final DockerIgnore ignore;

    private BuildContext(Path root, String dockerfile, String revision, DockerIgnore ignore) {
        this.root = root;
        this.dockerfile = dockerfile;
        this.revision = revision;
        this.ignore = ignore;
    }

    /** Reads what is to be left out. */
    static BuildContext of(Path root, String dockerfile, String revision) throws IOException {
        Path file = root.resolve(DockerIgnore.FILE);
        List<String> lines = Files.isRegularFile(file) ? Files.readAllLines(file) : List.of();
        return new BuildContext(root.toAbsolutePath(), dockerfile, revision, DockerIgnore.parse(lines));
    }

    /** Writes the tar to a file. */
    void writeTo(Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BLOCK);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out, StandardCharsets.ISO_8859_1.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
            add(tar, root);
            if (!ignore.excludes(REVISION_FILE)) {
                addRevision(tar);
            }
            tar.finish();
        }
    }

    private void add(TarArchiveOutputStream tar, Path directory) throws IOException {
        List<Path> children;
        try (Stream<Path> list = Files.list(directory)) {
            children = list.sorted().toList();
        }
        for (Path child : children) {
            String name = PathBytes.relative(root, child);
            boolean excluded = ignore.excludes(root.relativize(child).toString());
            if ((!excluded && !name.equals(REVISION_FILE)) || isNeeded(name)) {
                addEntry(tar, child, name);
            }
            if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)
                    && (!excluded || ignore.mayIncludeBelow() || dockerfile.startsWith(name + "/"))) {
                add(tar, child);
            }
        }
    }

    /** The engine reads these two itself, and takes them out again if they are to be left out. */
    private boolean isNeeded(String name) {
        return name.equals(dockerfile) || name.equals(DockerIgnore.FILE);
    }

    private static void addEntry(TarArchiveOutputStream tar, Path path, String name) throws IOException {
        PosixFileAttributes attributes =
                Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        TarArchiveEntry entry;
        if (attributes.isSymbolicLink()) {
            entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK, true);
            entry.setLinkName(PathBytes.target(Files.readSymbolicLink(path)));
        } else if (attributes.isDirectory()) {
            entry = new TarArchiveEntry(name + "/", true);
        } else if (attributes.isRegularFile()) {
            entry = new TarArchiveEntry(name, true);
            entry.setSize(attributes.size());
        } else {
            return;
        }
        entry.setMode(mode(attributes.permissions()));
        entry.setModTime(attributes.lastModifiedTime());
        tar.putArchiveEntry(entry);
        if (attributes.isRegularFile()) {
            Files.copy(path, tar);
        }
        tar.closeArchiveEntry();
    }

    private void addRevision(TarArchiveOutputStream tar) throws IOException {
        byte[] content = (revision + "\n").getBytes(StandardCharsets.US_ASCII);
        TarArchiveEntry entry = new TarArchiveEntry(REVISION_FILE);
        entry.setSize(content.length);
        entry.setMode(0644);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static int mode(Set<PosixFilePermission> permissions) {
        int mode = 0;
        for (PosixFilePermission permission : PosixFilePermission.values()) {
            mode = mode << 1 | (permissions.contains(permission) ? 1 : 0);
        }
        return mode;
    }
}
