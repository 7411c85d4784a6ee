package io.deployflow.benchmark.ecs;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several measurements at once, none of which may fail. */
public final class InParallel {
    private InParallel() {}

    /** Something to be done. */
    @FunctionalInterface
    public interface Work {
        void run() throws IOException;
    }

    /** Does all of it, and says at the end what failed first. */
    public static void run(List<Work> all) {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Callable<Boolean>> calls = all.stream()
                    .map(work -> (Callable<Boolean>) () -> {
                        work.run();
                        return true;
                    })
                    .toList();
            for (Future<Boolean> ended : threads.invokeAll(calls)) {
                ended.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a measurement failed: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", e);
        } finally {
            threads.shutdown();
        }
    }
}
