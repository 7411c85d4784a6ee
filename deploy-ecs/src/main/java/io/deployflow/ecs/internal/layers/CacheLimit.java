package io.deployflow.ecs.internal.layers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the files of a directory that were used longest ago, until the rest is as small as it must be. Another build
 * that is about to use one makes it again; one that reads it already has it open.
 *
 * @param directory holds nothing but files
 * @param bytes how much may stay
 */
record CacheLimit(Path directory, long bytes) {
    private static final Logger LOG = LoggerFactory.getLogger(CacheLimit.class);
    /** What is as new as this is likely to be needed by a build that goes on. */
    private static final Duration IN_USE = Duration.ofMinutes(10);

    private record Kept(Path file, long size, Instant used) {}

    void enforce() {
        List<Kept> files = files();
        long total = files.stream().mapToLong(Kept::size).sum();
        Instant inUse = Instant.now().minus(IN_USE);
        for (Kept file : files) {
            if (total <= bytes || file.used().isAfter(inUse)) {
                return;
            }
            total -= file.size();
            delete(file.file());
        }
    }

    /** The one that was used longest ago first. */
    private List<Kept> files() {
        List<Kept> files = new ArrayList<>();
        try (Stream<Path> list = Files.list(directory)) {
            list.flatMap(file -> kept(file).stream()).forEach(files::add);
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("{} cannot be listed", directory, e);
        }
        files.sort(Comparator.comparing(Kept::used));
        return files;
    }

    /** Empty where another build has moved or removed it meanwhile: the rest counts all the same. */
    private static Optional<Kept> kept(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new Kept(
                    file, attributes.size(), attributes.lastModifiedTime().toInstant()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.debug("{} cannot be looked at", file, e);
            return Optional.empty();
        }
    }

    /** Removes a file, if that can be. */
    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("{} cannot be removed", file, e);
        }
    }
}
