package io.deployflow.sandbox.docker;

import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import io.deployflow.sandbox.port.ContainerSpec;
import io.deployflow.sandbox.port.ContainerStatus;
import io.deployflow.sandbox.port.LogLine;
import io.deployflow.sandbox.port.TaskSpec;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One container of a task, from its pull to its removal. */
final class DockerContainer {
    private static final int LOG_LINES = 1000;

    private final Engine engine;
    private final TaskSpec task;
    private final ContainerSpec spec;
    /** What is known without asking the engine: until the container runs, and again when it is gone. */
    private ContainerStatus known;

    private @Nullable String id;
    private boolean started;

    DockerContainer(Engine engine, TaskSpec task, ContainerSpec spec) {
        this.engine = engine;
        this.task = task;
        this.spec = spec;
        this.known = Statuses.before(spec, ContainerStatus.State.PULLING);
    }

    String name() {
        return spec.name();
    }

    void pull(ImagePuller puller) {
        if (hasFailed()) {
            return;
        }
        try {
            puller.pull(spec.image());
            starting();
        } catch (ContainerFailure e) {
            giveUp(String.valueOf(e.getMessage()));
        }
    }

    private synchronized void starting() {
        if (!hasFailed()) {
            known = Statuses.before(spec, ContainerStatus.State.STARTING);
        }
    }

    /** Creates and starts the container, unless it was given up; removes it again when that happens meanwhile. */
    void start() {
        if (hasFailed()) {
            return;
        }
        try {
            String created = engine.make(() -> TaskContainers.create(engine, task, spec));
            created(created);
            engine.client().startContainerCmd(created).exec();
            if (!startedInTime()) {
                engine.remove(created);
            }
        } catch (RuntimeException e) {
            giveUp("CannotStartContainerError: " + EngineErrors.message(e));
        }
    }

    private synchronized void created(String created) {
        id = created;
    }

    private synchronized boolean startedInTime() {
        started = !hasFailed();
        return started;
    }

    /** Makes a container that has not started yet one that never will. */
    synchronized void giveUp(String reason) {
        if (!started && !hasFailed()) {
            known = Statuses.failed(spec, reason);
        }
    }

    synchronized boolean hasFailed() {
        return known.state() == ContainerStatus.State.FAILED;
    }

    ContainerStatus observe() {
        String running = startedId();
        if (running == null) {
            return known();
        }
        try {
            return remember(Statuses.of(spec, engine.inspect(running)));
        } catch (NotFoundException removed) {
            return remember(Statuses.gone(known()));
        }
    }

    private synchronized ContainerStatus known() {
        return known;
    }

    private synchronized ContainerStatus remember(ContainerStatus status) {
        known = status;
        return status;
    }

    private synchronized @Nullable String startedId() {
        return started ? id : null;
    }

    private synchronized @Nullable String id() {
        return id;
    }

    /** Sends the stop signal, then SIGKILL once the time is over; returns when the container has ended. */
    void stop(Duration timeout) {
        String running = startedId();
        if (running == null) {
            return;
        }
        try {
            engine.client()
                    .stopContainerCmd(running)
                    .withTimeout(Math.toIntExact(timeout.plusMillis(999).toSeconds()))
                    .exec();
        } catch (NotModifiedException | NotFoundException endedAlready) {
            // As asked for.
        }
    }

    List<LogLine> log() {
        String running = startedId();
        return running == null ? List.of() : ContainerLog.read(engine.client(), running, LOG_LINES);
    }

    void remove() {
        String created = id();
        if (created != null) {
            engine.remove(created);
        }
    }
}
