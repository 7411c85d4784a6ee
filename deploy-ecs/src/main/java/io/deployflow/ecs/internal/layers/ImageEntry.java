package io.deployflow.ecs.internal.layers;

import io.deployflow.Manifest;
import io.deployflow.Manifest.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One file, directory or link of a layer.
 *
 * @param path in the image without a slash at either end, each byte as one char (ISO-8859-1)
 * @param kind what it is
 * @param mode permission bits with setuid, setgid and sticky
 * @param owner whose it is
 * @param size in bytes; 0 for all but files
 * @param content git's id of a file's; a link's target; empty for a directory
 * @param source what it is in the tree that it comes from; empty for a directory that is only on the way
 */
public record ImageEntry(
        String path, Kind kind, int mode, Owner owner, long size, String content, Optional<Manifest.Entry> source) {
    private static final long FIRST_TIME = 1_000_000_000;
    private static final int DIGITS = 7;

    /** A directory. */
    static ImageEntry directory(String path, int mode, Owner owner) {
        return new ImageEntry(path, Kind.DIRECTORY, mode, owner, 0, "", Optional.empty());
    }

    /**
     * When it was changed last, in seconds since 1970: the same for the same content, and another for another, because
     * servers make their {@code ETag} and {@code Last-Modified} of it.
     */
    long time() {
        return kind == Kind.FILE ? FIRST_TIME + Long.parseLong(content.substring(0, DIGITS), 16) : FIRST_TIME;
    }

    /** The path decoded as UTF-8, for people. */
    String displayPath() {
        return new String(path.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
