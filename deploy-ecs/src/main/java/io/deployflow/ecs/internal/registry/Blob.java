package io.deployflow.ecs.internal.registry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Something that a registry keeps by its digest.
 *
 * @param digest SHA-256 of its content
 * @param size in bytes
 * @param content reads it
 */
public record Blob(String digest, long size, Content content) {

    /** Reads a content from any place on. */
    @FunctionalInterface
    public interface Content {
        /**
         * Opens it.
         *
         * @param offset the first byte to read
         */
        InputStream open(long offset) throws IOException;
    }

    /** Some bytes. */
    public static Blob of(byte[] bytes) {
        return new Blob(Digests.of(bytes), bytes.length, offset -> {
            InputStream in = new ByteArrayInputStream(bytes);
            in.skipNBytes(offset);
            return in;
        });
    }

    /** A file whose digest and size are known. */
    public static Blob of(Path file, String digest, long size) {
        return new Blob(digest, size, offset -> {
            InputStream in = Files.newInputStream(file);
            in.skipNBytes(offset);
            return in;
        });
    }
}
