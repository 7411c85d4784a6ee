package io.deployflow.internal;

import io.deployflow.Lane;
import io.deployflow.Phase;
import io.deployflow.Timeline;
import io.deployflow.event.DeployEvent;
import io.deployflow.spi.DeployContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Runs phases one after the other, tells when each starts and ends, and keeps the timeline. */
final class Stopwatch {
    private final DeployContext context;
    private final Supplier<List<Lane>> lanes;
    private final Instant begun;
    private final long start = System.nanoTime();
    private final List<Timeline.Row> rows = new ArrayList<>();

    /**
     * One that runs from now on.
     *
     * @param lanes what the units did so far
     */
    Stopwatch(DeployContext context, Supplier<List<Lane>> lanes) {
        this.context = context;
        this.lanes = lanes;
        this.begun = context.clock().instant();
    }

    /** Runs a phase that succeeds unless it throws. */
    <T> T run(Phase phase, Function<DeployContext, T> work) {
        return run(phase, context, work, result -> true);
    }

    /** Runs a phase in a context of its own, and asks of its result whether it succeeded. */
    <T> T run(Phase phase, DeployContext parent, Function<DeployContext, T> work, Predicate<T> judge) {
        DeployContext inner = parent.in(phase);
        Duration begun = elapsed();
        emit(new DeployEvent.PhaseStarted(context.clock().instant(), context.target(), phase));
        boolean succeeded = false;
        try {
            T result = work.apply(inner);
            succeeded = judge.test(result);
            return result;
        } finally {
            Duration took = elapsed().minus(begun);
            rows.add(new Timeline.Row(phase, begun, took, succeeded));
            emit(new DeployEvent.PhaseFinished(context.clock().instant(), context.target(), phase, took, succeeded));
        }
    }

    Timeline timeline() {
        return new Timeline(begun, rows, lanes.get(), elapsed());
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private void emit(DeployEvent event) {
        context.listener().onEvent(event);
    }
}
