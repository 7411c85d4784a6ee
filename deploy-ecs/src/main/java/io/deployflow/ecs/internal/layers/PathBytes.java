package io.deployflow.ecs.internal.layers;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The bytes of a file's name: Java's text of a name that is not in the locale's charset has lost them. */
public final class PathBytes {
    private PathBytes() {}

    /** A path as people write it, each of its bytes in UTF-8 as one char. */
    public static String of(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** A path below a directory, each byte as one char (ISO-8859-1), without a slash at the end. */
    public static String relative(Path directory, Path path) {
        String all = bytes(path);
        return all.substring(Math.min(all.length(), bytes(directory).length() + 1));
    }

    /** The target of a symbolic link as it was read, each byte as one char. */
    public static String target(Path target) {
        return target.isAbsolute()
                ? bytes(target)
                : relative(Path.of("/"), Path.of("/").resolve(target));
    }

    /** A URI escapes every byte of the name that is no plain letter, whatever the charset is. */
    private static String bytes(Path absolute) {
        String escaped = absolute.toUri().getRawPath();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < escaped.length(); i++) {
            if (escaped.charAt(i) == '%') {
                bytes.write(Integer.parseInt(escaped.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                bytes.write(escaped.charAt(i));
            }
        }
        String path = bytes.toString(StandardCharsets.ISO_8859_1);
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
