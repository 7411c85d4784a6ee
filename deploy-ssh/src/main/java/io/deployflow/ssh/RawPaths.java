package io.deployflow.ssh;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The bytes of a file's name, as chars (ISO-8859-1). A name need not be text in any charset, and Java's strings would
 * lose it; a path's URI has every byte.
 */
final class RawPaths {
    private static final String UNRESERVED = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";

    private RawPaths() {}

    /** A path below a root, relative to it. */
    static String below(Path root, Path path) {
        return relative(root.toUri(), path.toUri());
    }

    /** The text of a symbolic link, as {@link java.nio.file.Files#readSymbolicLink} gives it. */
    static String linkText(Path target) {
        if (target.isAbsolute()) {
            return decode(withoutSlash(target.toUri().getRawPath()));
        }
        return relative(Path.of("").toUri(), target.toUri());
    }

    private static String relative(URI root, URI path) {
        String prefix = withoutSlash(root.getRawPath()) + "/";
        return decode(withoutSlash(path.getRawPath()).substring(prefix.length()));
    }

    /** The path below a root that has these bytes. */
    static Path resolve(Path root, String bytes) {
        StringBuilder encoded = new StringBuilder("file://")
                .append(withoutSlash(root.toUri().getRawPath()))
                .append('/');
        bytes.chars().forEach(b -> {
            if (UNRESERVED.indexOf(b) >= 0) {
                encoded.append((char) b);
            } else {
                encoded.append("%%%02X".formatted(b));
            }
        });
        return Path.of(URI.create(encoded.toString()));
    }

    // A path's URI ends with a slash exactly where it is a directory just now.
    private static String withoutSlash(String text) {
        return text.length() > 1 && text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private static String decode(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < encoded.length(); i++) {
            if (encoded.charAt(i) == '%') {
                bytes.write(Integer.parseInt(encoded.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                bytes.write(encoded.charAt(i));
            }
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}
