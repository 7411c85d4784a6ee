package io.deployflow.ecs;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.Task;

/** How long the tasks that a service has, or had within the last hour, took. */
final class TaskTimes {
    private TaskTimes() {}

    /** From the request of a task until its containers ran, as it mostly was; empty where none tells. */
    static Optional<Duration> start(List<Task> tasks) {
        return median(tasks.stream()
                .filter(task -> task.createdAt() != null && task.startedAt() != null)
                .map(task -> Duration.between(task.createdAt(), task.startedAt())));
    }

    /**
     * From the end of draining until a task was gone, as it mostly was; empty where none tells.
     *
     * @param drain how long a load balancer drains a task before
     */
    static Optional<Duration> stop(List<Task> tasks, Optional<Duration> drain) {
        return median(tasks.stream()
                .filter(task -> task.startedAt() != null && task.stoppingAt() != null && task.stoppedAt() != null)
                .filter(task -> !StopReasons.isFailure(task))
                .map(task ->
                        Duration.between(task.stoppingAt(), task.stoppedAt()).minus(drain.orElse(Duration.ZERO)))
                .filter(time -> !time.isNegative()));
    }

    /**
     * From the start of a task until the service went on because it was healthy, as it was at the least; empty where
     * none tells.
     */
    static Optional<Duration> healthy(List<Task> tasks) {
        Optional<Task> newest = tasks.stream()
                .filter(task -> task.stoppingAt() == null && task.startedAt() != null && task.startedBy() != null)
                .max(Comparator.comparing(Task::startedAt));
        return newest.flatMap(live -> {
            Healthy healthy = Healthy.from(tasks, task -> live.startedBy().equals(task.startedBy()));
            return tasks.stream()
                    .filter(task -> live.startedBy().equals(task.startedBy()))
                    .flatMap(task -> healthy.of(task).map(at -> Duration.between(task.startedAt(), at)).stream())
                    .min(Comparator.naturalOrder());
        });
    }

    private static Optional<Duration> median(Stream<Duration> times) {
        List<Duration> sorted = times.sorted().toList();
        return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.get(sorted.size() / 2));
    }
}
