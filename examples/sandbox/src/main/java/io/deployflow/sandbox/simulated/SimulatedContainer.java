package io.deployflow.sandbox.simulated;

import io.deployflow.sandbox.port.ContainerSpec;
import io.deployflow.sandbox.port.ContainerStatus;
import io.deployflow.sandbox.port.ContainerStatus.Health;
import io.deployflow.sandbox.port.ContainerStatus.State;
import io.deployflow.sandbox.port.HealthProbe.Result;
import io.deployflow.sandbox.port.LogLine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One container: where it is in its life follows from the time, its script, and when it was told to stop. */
final class SimulatedContainer {

    private static final int KILLED = 137;
    private static final String OUT_OF_MEMORY = "OutOfMemoryError: Container killed due to memory usage";

    private final ContainerSpec spec;
    private final Script script;
    private final Map<Integer, Integer> ports;
    private final String runtimeId;
    private final Optional<CheckedContainer> check;
    private Instant pulledAt = Instant.MAX;
    private Optional<String> failure = Optional.empty();
    private Instant runsAt = Instant.MAX;
    private Instant endsAt = Instant.MAX;
    private int exitCode;
    private boolean outOfMemory;

    SimulatedContainer(ContainerSpec spec, Script script, Map<Integer, Integer> ports, String runtimeId) {
        this.spec = spec;
        this.script = script;
        this.ports = Map.copyOf(ports);
        this.runtimeId = runtimeId;
        this.check = spec.healthCheck().map(CheckedContainer::new);
    }

    /** Says when the images of the task are there, and whether all could be had. */
    void pulledAt(Instant when, boolean complete) {
        pulledAt = when;
        failure = script.failure();
        if (failure.isEmpty() && !complete) {
            failure = Optional.of("CannotStartContainerError: an image of another container could not be pulled");
        }
        if (failure.isEmpty()) {
            runsAt = when.plus(script.start());
            script.end().ifPresent(end -> endAt(runsAt.plus(end.after()), end.code(), end.outOfMemory()));
        }
    }

    Script script() {
        return script;
    }

    String name() {
        return spec.name();
    }

    boolean listensOn(int port) {
        return ports.containsValue(port);
    }

    ContainerStatus observe(Instant now) {
        State state = state(now);
        boolean ran = state == State.RUNNING || state == State.EXITED;
        check.filter(any -> state == State.RUNNING)
                .ifPresent(each -> each.observe(runsAt, now, time -> passes(answer(time))));
        return new ContainerStatus(
                spec.name(),
                state,
                check.map(CheckedContainer::health).orElse(Health.UNKNOWN),
                state == State.EXITED ? Optional.of(exitCode) : Optional.empty(),
                reason(state),
                ran ? ports : Map.of(),
                ran ? Optional.of(runtimeId) : Optional.empty(),
                digest());
    }

    private Optional<String> reason(State state) {
        return switch (state) {
            case FAILED -> failure;
            case EXITED -> outOfMemory ? Optional.of(OUT_OF_MEMORY) : Optional.empty();
            case PULLING, STARTING, RUNNING -> Optional.empty();
        };
    }

    private State state(Instant now) {
        if (failure.isPresent() && !now.isBefore(pulledAt)) {
            return State.FAILED;
        }
        if (now.isBefore(pulledAt)) {
            return State.PULLING;
        }
        if (now.isBefore(runsAt)) {
            return State.STARTING;
        }
        return now.isBefore(endsAt) ? State.RUNNING : State.EXITED;
    }

    private Optional<String> digest() {
        int at = spec.image().indexOf('@');
        return at < 0 ? Optional.empty() : Optional.of(spec.image().substring(at + 1));
    }

    /** SIGTERM, and SIGKILL after the timeout. What does not run yet never will. */
    void stop(Duration timeout, Instant now) {
        if (now.isBefore(runsAt)) {
            pulledAt = now.isBefore(pulledAt) ? now : pulledAt;
            failure = failure.or(() -> Optional.of("CannotStartContainerError: the task was stopped before"));
        } else if (script.stop().compareTo(timeout) > 0) {
            endAt(now.plus(timeout), KILLED, false);
        } else {
            endAt(now.plus(script.stop()), script.stopCode(), false);
        }
    }

    private void endAt(Instant when, int code, boolean killedForMemory) {
        if (when.isBefore(endsAt)) {
            endsAt = when;
            exitCode = code;
            outOfMemory = killedForMemory;
        }
    }

    Result answer(Instant now) {
        boolean listening = state(now) == State.RUNNING && !now.isBefore(runsAt.plus(script.ready()));
        return listening ? new Result.Answered(script.status()) : new Result.Unreachable("Connection refused");
    }

    private static boolean passes(Result result) {
        return result instanceof Result.Answered answered && answered.status() < 400;
    }

    List<LogLine> log(Instant now) {
        return now.isBefore(runsAt)
                ? List.of()
                : script.log().stream().map(line -> new LogLine(runsAt, line)).toList();
    }
}
