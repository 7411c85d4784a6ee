package io.deployflow.internal.flow;

import io.deployflow.internal.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run leaves: {@code logs}, {@code artifacts} and {@code tests}. What it needs meanwhile is below {@code work}.
 *
 * @param path {@code .deployflow/runs/ID} beside the deploy file
 */
record RunDirectory(Path path) {
    private static final Logger LOG = LoggerFactory.getLogger(RunDirectory.class);
    private static final String HOME = ".deployflow";

    /** Makes the one of a new run; git is told to look away. */
    static RunDirectory create(Path project, String run) {
        try {
            Path home = Files.createDirectories(project.resolve(HOME));
            Files.writeString(home.resolve(".gitignore"), "*\n");
            return new RunDirectory(Files.createDirectories(home.resolve("runs").resolve(run)));
        } catch (IOException e) {
            throw new UncheckedIOException("no run directory can be made: " + e.getMessage(), e);
        }
    }

    Path log(String job, int step) {
        return path.resolve("logs").resolve(job).resolve(String.format("%02d.log", step));
    }

    Path artifacts(String job) {
        return path.resolve("artifacts").resolve(job);
    }

    Path tests(String job) {
        return path.resolve("tests").resolve(job);
    }

    /** A directory of a job's own that goes with the job. */
    Path work(String job) {
        return path.resolve("work").resolve(job);
    }

    /** Removes what a job needed only while it ran. */
    void removeWork(String job) {
        remove(work(job));
    }

    /** Removes what was needed only while it ran. */
    void removeWork() {
        remove(path.resolve("work"));
    }

    /** Removes the oldest runs beside this one. */
    void prune(int keep) {
        try (Stream<Path> runs = Files.list(path.resolveSibling("."))) {
            List<Path> newestFirst = runs.sorted(
                            Comparator.comparing(Path::getFileName).reversed())
                    .toList();
            newestFirst.stream().skip(keep).filter(run -> !isAlive(run)).forEach(RunDirectory::remove);
        } catch (IOException e) {
            LOG.warn("old runs were not removed", e);
        }
    }

    private static boolean isAlive(Path run) {
        return Files.exists(run.resolve("work"));
    }

    /** Removes a directory, if it can be. */
    static void remove(Path directory) {
        try {
            if (Files.exists(directory)) {
                Trees.delete(directory);
            }
        } catch (IOException e) {
            LOG.warn("{} was not removed: {}", directory, e.toString());
        }
    }
}
