package io.deployflow.sandbox.docker;

import io.deployflow.sandbox.port.TaskSpec;
import io.deployflow.sandbox.port.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The containers of one task: all images are pulled, then all containers are started, in their order. */
final class DockerTask {
    private final ImagePuller puller;
    private final List<DockerContainer> containers;
    private final AtomicBoolean abandoned = new AtomicBoolean();
    private volatile @Nullable Instant pullStarted;
    private volatile @Nullable Instant pullStopped;

    DockerTask(Engine engine, ImagePuller puller, TaskSpec spec) {
        this.puller = puller;
        this.containers = spec.containers().stream()
                .map(container -> new DockerContainer(engine, spec, container))
                .toList();
    }

    List<DockerContainer> containers() {
        return containers;
    }

    /** Pulls and starts, in the calling thread. */
    void run() {
        pullStarted = Instant.now();
        containers.forEach(container -> container.pull(puller));
        pullStopped = Instant.now();
        boolean complete = containers.stream().noneMatch(DockerContainer::hasFailed);
        for (DockerContainer container : containers) {
            if (complete) {
                container.start();
            } else {
                container.giveUp("CannotStartContainerError: an image of another container could not be pulled");
            }
        }
    }

    /** Makes sure that nothing more is started; true for the first caller. */
    boolean abandon() {
        boolean first = abandoned.compareAndSet(false, true);
        containers.forEach(container -> container.giveUp("CannotStartContainerError: the task was stopped before"));
        return first;
    }

    TaskStatus observe() {
        return new TaskStatus(
                Optional.ofNullable(pullStarted),
                Optional.ofNullable(pullStopped),
                containers.stream().map(DockerContainer::observe).toList());
    }
}
