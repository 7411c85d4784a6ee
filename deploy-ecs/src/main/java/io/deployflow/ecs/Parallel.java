package io.deployflow.ecs;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Does the same to several things at once. */
final class Parallel {
    private Parallel() {}

    /**
     * The results in the order of the things. What one throws is thrown when all have ended.
     *
     * @param executor has as many threads as there is work
     */
    static <T, R> List<R> run(List<T> things, Function<T, R> work, Executor executor) {
        List<CompletableFuture<R>> running = things.stream()
                .map(thing -> CompletableFuture.supplyAsync(() -> work.apply(thing), executor))
                .toList();
        join(CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)));
        return running.stream().map(Parallel::join).toList();
    }

    /** The result, or what was thrown itself. */
    static <R> R join(CompletableFuture<R> running) {
        try {
            return running.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : e;
        }
    }
}
