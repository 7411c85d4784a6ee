package io.deployflow.ecs.internal.layers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** A file that is there whole, or as it was: it is written beside its place and comes there by one rename. */
public final class WholeFile {
    private static final int DIGITS = 8;

    private WholeFile() {}

    /** Makes a file. */
    @FunctionalInterface
    public interface Writer {
        /** Writes it. */
        void write(Path file) throws IOException;
    }

    /**
     * Writes it. A pipe or a device is given what comes.
     *
     * @throws IOException if it cannot be written; what was there before still is, whatever the writer throws
     */
    public static void write(Path file, Writer writer) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            writer.write(file);
            return;
        }
        Path place = Files.exists(file) ? file.toRealPath() : file;
        String mark = UUID.randomUUID().toString().substring(0, DIGITS);
        Path part = place.resolveSibling(place.getFileName() + ".part-" + mark);
        try {
            writer.write(part);
            Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
