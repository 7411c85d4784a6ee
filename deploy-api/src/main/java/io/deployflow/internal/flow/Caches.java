package io.deployflow.internal.flow;

import io.deployflow.flow.CacheSettings;
import io.deployflow.flow.FlowSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where a run's caches are. */
final class Caches {
    private static final long MEGABYTE = 1000L * 1000;
    private static final int DEFAULT_MEGABYTES = 5000;

    private Caches() {}

    static CacheDirectory of(FlowSettings settings, FlowSources sources) {
        Optional<CacheSettings> cache = settings.cache();
        Path directory = cache.flatMap(CacheSettings::directory)
                .map(path -> NamedFiles.of(sources.directory(), sources.environment())
                        .file(path.toString()))
                .orElseGet(() -> sources.cache()
                        .resolve("caches")
                        .resolve(sources.application().name()));
        return new CacheDirectory(directory, cache.map(CacheSettings::limitMb).orElse(DEFAULT_MEGABYTES) * MEGABYTE);
    }

    static CacheDirectory of(StepSession step) {
        return of(step.job().run().settings(), step.job().run().sources());
    }

    /** An archive of a step's own; goes with the run at the latest. */
    static CacheArchive archive(StepSession step) throws IOException {
        return new CacheArchive(step.files(), work(step), step.cancellation());
    }

    /** A new directory of a step's own, on the file system of the caches; goes with the run at the latest. */
    static Path work(StepSession step) throws IOException {
        Path runs = Files.createDirectories(of(step).workOf(step.job().run().id()));
        return Files.createTempDirectory(runs, "step-");
    }
}
