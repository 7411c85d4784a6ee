package io.deployflow.internal.flow;

import io.deployflow.spi.ServiceEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which runs of this user's are alive: each holds a lock on a file of its own. The next run removes what one that is
 * gone has left.
 *
 * @param directory holds one file a run, in which its directories are named
 */
record RunRegister(Path directory) {
    private static final String SUFFIX = ".run";

    /** A run that is alive until it is closed. */
    record Entry(ProcessLock lock) implements AutoCloseable {
        @Override
        public void close() {
            lock.delete();
            lock.close();
        }
    }

    /**
     * Enters a run.
     *
     * @param leftovers the directories that it has for itself while it runs
     */
    Entry enter(String run, List<Path> leftovers) {
        ProcessLock lock = ProcessLock.take(directory.resolve(run + SUFFIX)).orElseThrow();
        lock.write(leftovers.stream().map(Path::toString).collect(Collectors.joining("\n")));
        return new Entry(lock);
    }

    /**
     * Removes what runs have left that are gone: processes, containers, checkouts, half-written caches.
     *
     * @return the runs
     */
    List<String> clean(List<ServiceEngine> engines) {
        try (Stream<Path> files = Files.isDirectory(directory) ? Files.list(directory) : Stream.empty()) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .flatMap(file -> clean(file, engines).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Optional<String> clean(Path file, List<ServiceEngine> engines) {
        Optional<ProcessLock> taken = ProcessLock.take(file);
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        String run = file.getFileName().toString().replace(SUFFIX, "");
        try (Entry gone = new Entry(taken.get())) {
            new MarkedProcesses(RunMarks.RUN + "=" + run).kill();
            engines.forEach(engine -> engine.removeAll(run));
            gone.lock().read().lines().forEach(left -> RunDirectory.remove(Path.of(left)));
            return Optional.of(run);
        }
    }
}
