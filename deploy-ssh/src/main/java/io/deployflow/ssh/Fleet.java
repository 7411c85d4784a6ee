package io.deployflow.ssh;

import io.deployflow.DeployCancelledException;
import io.deployflow.spi.DeployContext;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All hosts of a target: does a piece of work on each, in parallel, and tells what came of it everywhere. */
final class Fleet implements AutoCloseable {
    private final List<RemoteShell> all;
    private final int parallel;
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
        this.parallel = parallel;
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
        // No more threads than work at a time: a host that waits for its turn has none.
        AtomicInteger next = new AtomicInteger();
        Map<Integer, HostOutcome<T>> done = new ConcurrentHashMap<>();
        Runnable worker = () -> {
            for (int turn = next.getAndIncrement(); turn < some.size(); turn = next.getAndIncrement()) {
                done.put(turn, attempt(some.get(turn), work));
            }
        };
        List<? extends Future<?>> workers = Stream.generate(() -> worker)
                .limit(Math.min(parallel, some.size()))
                .map(context.executor()::submit)
                .toList();
        workers.forEach(Fleet::await);
        List<HostOutcome<T>> outcomes = IntStream.range(0, some.size())
                .mapToObj(turn -> Objects.requireNonNull(done.get(turn)))
                .toList();
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

    private static void await(Future<?> worker) {
        try {
            worker.get();
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
