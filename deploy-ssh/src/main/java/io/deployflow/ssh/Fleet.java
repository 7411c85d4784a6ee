package io.deployflow.ssh;

import io.deployflow.DeployCancelledException;
import io.deployflow.spi.DeployContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** All hosts of a target: does a piece of work on each, in parallel, and tells what came of it everywhere. */
final class Fleet implements AutoCloseable {
    private final List<RemoteShell> shells;
    private final Semaphore atATime;

    /**
     * Several hosts.
     *
     * @param parallel on how many of them to work at a time
     */
    Fleet(List<RemoteShell> shells, int parallel) {
        this.shells = List.copyOf(shells);
        this.atATime = new Semaphore(parallel);
    }

    List<RemoteShell> shells() {
        return shells;
    }

    /** Does a piece of work on every host. */
    <T> Outcomes<T> onEach(DeployContext context, Function<RemoteShell, T> work) {
        return on(shells, context, work);
    }

    /**
     * Does a piece of work on some hosts, and waits until it has ended on all of them.
     *
     * @throws DeployCancelledException if it was cancelled on one
     */
    <T> Outcomes<T> on(List<RemoteShell> some, DeployContext context, Function<RemoteShell, T> work) {
        List<Future<HostOutcome<T>>> futures = some.stream()
                .map(shell -> context.executor().submit((Callable<HostOutcome<T>>) () -> attempt(shell, work)))
                .toList();
        List<HostOutcome<T>> outcomes = futures.stream().map(Fleet::get).toList();
        outcomes.forEach(outcome -> outcome.failure()
                .filter(DeployCancelledException.class::isInstance)
                .ifPresent(cancelled -> {
                    throw cancelled;
                }));
        return new Outcomes<>(outcomes);
    }

    private <T> HostOutcome<T> attempt(RemoteShell shell, Function<RemoteShell, T> work) {
        atATime.acquireUninterruptibly();
        long start = System.nanoTime();
        try {
            T value = work.apply(shell);
            return new HostOutcome<>(shell, Optional.of(value), Optional.empty(), since(start));
        } catch (RuntimeException e) {
            return new HostOutcome<>(shell, Optional.empty(), Optional.of(e), since(start));
        } finally {
            atATime.release();
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while working on the hosts", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        shells.forEach(RemoteShell::close);
    }
}
