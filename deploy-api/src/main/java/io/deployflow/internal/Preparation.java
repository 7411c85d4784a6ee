package io.deployflow.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work that is done ahead on other threads. Whether it fails is seen by who needs its result. */
final class Preparation {
    private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);

    private final CompletableFuture<Void> end;

    private Preparation(CompletableFuture<Void> end) {
        this.end = end;
    }

    /** Nothing to do. */
    static Preparation none() {
        return new Preparation(CompletableFuture.completedFuture(null));
    }

    static Preparation start(Executor executor, Runnable... works) {
        return new Preparation(CompletableFuture.allOf(Stream.of(works)
                .map(work -> CompletableFuture.runAsync(work, executor).exceptionally(failure -> {
                    LOG.debug("what was to be done ahead has failed", failure);
                    return null;
                }))
                .toArray(CompletableFuture[]::new)));
    }

    /** Waits for its end: nothing is left that writes into a directory which is about to go. */
    void await() {
        end.join();
    }
}
