package io.deployflow.ecs;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * When new tasks were healthy at the latest, where nobody saw it: ECS tells an old task to stop when a new one is
 * healthy, and calls a rollout completed when all are.
 *
 * @param stops when old tasks were told to stop, in order
 */
record Healthy(List<Instant> stops) {

    /** From the tasks of a rollout. */
    static Healthy from(List<Task> tasks, Predicate<Task> isNew) {
        return new Healthy(tasks.stream()
                .filter(isNew.negate())
                .map(Task::stoppingAt)
                .filter(Objects::nonNull)
                .sorted()
                .toList());
    }

    /** The first time after its start that an old one was told to stop; empty where none was yet. */
    Optional<Instant> of(Task task) {
        return Optional.ofNullable(task.startedAt())
                .flatMap(start ->
                        stops.stream().filter(stop -> stop.isAfter(start)).findFirst());
    }
}
