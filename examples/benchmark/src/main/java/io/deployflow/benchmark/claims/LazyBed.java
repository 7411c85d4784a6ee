package io.deployflow.benchmark.claims;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Somewhere to bring the application to, started by the first experiment that asks for it. */
final class LazyBed implements Supplier<Bed>, AutoCloseable {
    private final Study study;
    private @Nullable Bed bed;

    LazyBed(Study study) {
        this.study = study;
    }

    @Override
    public Bed get() {
        Bed started = bed;
        if (started == null) {
            try {
                started = Bed.start(study);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot start the hosts and the service", e);
            }
            bed = started;
        }
        return started;
    }

    @Override
    public void close() {
        if (bed != null) {
            bed.close();
        }
    }
}
