package io.deployflow.sandbox.simulated;

import io.deployflow.sandbox.port.ContainerStatus;
import io.deployflow.sandbox.port.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The containers of one task: all images are pulled, then all containers are started. */
final class SimulatedTask {

    private final Instant begun;
    private final Instant pulled;
    private final List<SimulatedContainer> containers;

    SimulatedTask(Instant begun, List<SimulatedContainer> containers) {
        this.begun = begun;
        this.containers = List.copyOf(containers);
        this.pulled = begun.plus(containers.stream()
                .map(container -> container.script().pull())
                .reduce(Duration.ZERO, (a, b) -> a.compareTo(b) > 0 ? a : b));
        boolean complete = containers.stream()
                .allMatch(container -> container.script().failure().isEmpty());
        containers.forEach(container -> container.pulledAt(pulled, complete));
    }

    List<SimulatedContainer> containers() {
        return containers;
    }

    TaskStatus observe(Instant now) {
        List<ContainerStatus> statuses =
                containers.stream().map(container -> container.observe(now)).toList();
        return new TaskStatus(Optional.of(begun), Optional.of(pulled).filter(when -> !now.isBefore(when)), statuses);
    }

    void stop(Duration timeout, Instant now) {
        containers.forEach(container -> container.stop(timeout, now));
    }
}
