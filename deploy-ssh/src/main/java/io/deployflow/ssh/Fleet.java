package io.deployflow.ssh;

import io.deployflow.DeployCancelledException;
import io.deployflow.spi.DeployContext;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** All hosts of a target: does a piece of work on each, in parallel, and tells what came of it everywhere. */
final class Fleet implements AutoCloseable {
    private final List<RemoteShell> all;
    private final Semaphore atATime;
    private volatile Map<RemoteShell, String> skipped = Map.of();
    private volatile Optional<FleetSurvey> survey = Optional.empty();

    /**
     * Several hosts.
     *
     * @param parallel on how many of them to work at a time
     */
    Fleet(List<RemoteShell> shells, int parallel) {
        this.all = List.copyOf(shells);
        this.atATime = new Semaphore(parallel);
    }

    /** The hosts that take part. */
    List<RemoteShell> shells() {
        return all.stream().filter(shell -> !skipped.containsKey(shell)).toList();
    }

    /** Leaves hosts out from now on, also where they come back meanwhile. */
    void skip(Map<RemoteShell, String> reasons) {
        skipped = Collections.unmodifiableMap(new LinkedHashMap<>(reasons));
    }

    /** The hosts that are left out, each with the reason. */
    Map<RemoteShell, String> skipped() {
        return skipped;
    }

    /**
     * What was on the hosts when their lock was taken, for as long as it is held: nobody else changes it meanwhile, but
     * this deploy may have.
     */
    Optional<FleetSurvey> survey() {
        return survey;
    }

    /** Keeps what is on the hosts, which are locked. */
    void remember(FleetSurvey seen) {
        survey = Optional.of(seen);
    }

    /** From now on others may change the hosts. */
    void forget() {
        survey = Optional.empty();
    }

    /** Does a piece of work on every host that takes part. */
    <T> Outcomes<T> onEach(DeployContext context, Function<RemoteShell, T> work) {
        return on(shells(), context, work);
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
        all.forEach(RemoteShell::close);
    }
}
