package io.deployflow.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * SHA-256 over the names, kinds, executable bits and contents of a tree: equal trees, equal digests, on any machine.
 */
final class TreeDigest {
    private TreeDigest() {}

    static String of(Path root) throws IOException {
        MessageDigest digest = sha256();
        try (DigestOutputStream sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            for (Path entry : entries(root)) {
                add(entry, name(root, entry), sink);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Of some bytes alone. */
    static String ofBytes(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    /** Of a content alone. */
    static String ofContent(InputStream content) throws IOException {
        MessageDigest digest = sha256();
        try (DigestOutputStream sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            content.transferTo(sink);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static List<Path> entries(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(path -> !path.equals(root)).sorted().toList();
        }
    }

    /** Percent-encoded, so that bytes that are no UTF-8 count as they are. */
    private static String name(Path root, Path entry) {
        return withoutSlash(root.toUri().relativize(entry.toUri()).getRawPath());
    }

    /** As it stands there, percent-encoded: neither as seen from this process's directory, nor as what is there. */
    private static String linkText(Path target) {
        String fromRoot = withoutSlash(
                target.getFileSystem().getPath("/").resolve(target).toUri().getRawPath());
        return target.isAbsolute() ? fromRoot : fromRoot.substring(1);
    }

    // A path's URI ends with a slash where it is a directory just now, or a link to one.
    private static String withoutSlash(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static void add(Path entry, String name, OutputStream sink) throws IOException {
        if (Files.isSymbolicLink(entry)) {
            header(sink, "link", name, linkText(Files.readSymbolicLink(entry)));
        } else if (Files.isDirectory(entry)) {
            header(sink, "directory", name, "");
        } else {
            header(sink, isExecutable(entry) ? "executable" : "file", name, Long.toString(Files.size(entry)));
            try (InputStream content = Files.newInputStream(entry)) {
                content.transferTo(sink);
            }
        }
    }

    private static boolean isExecutable(Path file) throws IOException {
        return Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)
                .contains(PosixFilePermission.OWNER_EXECUTE);
    }

    private static void header(OutputStream sink, String kind, String name, String detail) throws IOException {
        sink.write((kind + "\0" + name + "\0" + detail + "\0").getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
