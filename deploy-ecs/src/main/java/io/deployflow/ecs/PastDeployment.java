package io.deployflow.ecs;

import io.deployflow.Lane;
import io.deployflow.PastRollout;
import io.deployflow.PastRollout.Outcome;
import io.deployflow.Phase;
import io.deployflow.Release;
import io.deployflow.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * A deployment of some time ago, as ECS remembers it.
 *
 * @param taskDefinition ARN of what it rolled out
 * @param begun when it began
 * @param ended when it ended, if it has
 * @param outcome what became of it
 * @param reason what ECS says about that
 */
record PastDeployment(String taskDefinition, Instant begun, Optional<Instant> ended, Outcome outcome, String reason) {
    /** Two moments that AWS notes apart may be told in the wrong order by that much. */
    private static final Duration SLACK = Duration.ofSeconds(1);

    PastDeployment {
        Objects.requireNonNull(taskDefinition, "taskDefinition");
        Objects.requireNonNull(begun, "begun");
        Objects.requireNonNull(ended, "ended");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(reason, "reason");
    }

    /** From ECS's own record. */
    static PastDeployment of(ServiceDeployment record, String taskDefinition) {
        Outcome outcome = switch (record.status()) {
            case SUCCESSFUL -> Outcome.DEPLOYED;
            case PENDING, IN_PROGRESS -> Outcome.GOES_ON;
            default -> Outcome.FAILED;
        };
        String reason = record.statusReason() == null || outcome != Outcome.FAILED ? "" : record.statusReason();
        return new PastDeployment(
                taskDefinition, record.createdAt(), Optional.ofNullable(record.finishedAt()), outcome, reason);
    }

    /** From the service's description, which has only the newest. */
    static PastDeployment of(Deployment deployment) {
        Outcome outcome = switch (String.valueOf(deployment.rolloutStateAsString())) {
            case "COMPLETED" -> Outcome.DEPLOYED;
            case "FAILED" -> Outcome.FAILED;
            default -> Outcome.GOES_ON;
        };
        return new PastDeployment(
                deployment.taskDefinition(),
                deployment.createdAt(),
                Optional.ofNullable(deployment.updatedAt()).filter(at -> outcome != Outcome.GOES_ON),
                outcome,
                outcome == Outcome.FAILED ? String.valueOf(deployment.rolloutStateReason()) : "");
    }

    /**
     * With where its time went, as far as its tasks are still known: those that run, and those of the last hour.
     *
     * @param names how tasks are called
     * @param tasks the service's tasks
     * @param drain how long a load balancer drains a task, if there is one
     * @param now the end of what goes on
     */
    PastRollout rollout(
            String service, Release release, TaskNames names, List<Task> tasks, Optional<Duration> drain, Instant now) {
        Instant end = ended.orElse(now);
        List<Task> then = tasks.stream().map(task -> asOf(task, end)).toList();
        List<Task> ours = then.stream()
                .filter(task -> isNew(task, end) || isReplaced(task))
                .sorted(Comparator.comparing(task -> isNew(task, end) ? task.createdAt() : task.stoppingAt()))
                .toList();
        Healthy healthy = Healthy.from(ours, task -> isNew(task, end));
        Stream<Lane> up = ours.stream()
                .filter(task -> isNew(task, end))
                .map(task -> moments(task, healthy.of(task).or(this::completed), drain, end)
                        .lane(names, false));
        Stream<Lane> down = ours.stream()
                .filter(task -> !isNew(task, end))
                .map(task -> moments(task, Optional.ofNullable(task.startedAt()), drain, end)
                        .lane(names, true));
        Duration total = Duration.between(begun, end);
        return new PastRollout(
                service,
                release,
                outcome,
                reason,
                new Timeline(
                        begun,
                        List.of(new Timeline.Row(Phase.ROLLOUT, Duration.ZERO, total, outcome != Outcome.FAILED)),
                        Stream.concat(up, down).toList(),
                        total));
    }

    private Optional<Instant> completed() {
        return ended.filter(at -> outcome == Outcome.DEPLOYED);
    }

    /** What a later deployment did to a task is none of this one's time. */
    private static Task asOf(Task task, Instant end) {
        return task.stoppingAt() == null || !task.stoppingAt().isAfter(end)
                ? task
                : task.toBuilder()
                        .stoppingAt(null)
                        .executionStoppedAt(null)
                        .stoppedAt(null)
                        .build();
    }

    private boolean isNew(Task task, Instant end) {
        return taskDefinition.equals(task.taskDefinitionArn())
                && task.createdAt() != null
                && !task.createdAt().isBefore(begun.minus(SLACK))
                && !task.createdAt().isAfter(end);
    }

    private boolean isReplaced(Task task) {
        return task.stoppingAt() != null && !task.stoppingAt().isBefore(begun);
    }

    private TaskMoments moments(Task task, Optional<Instant> healthy, Optional<Duration> drain, Instant end) {
        return new TaskMoments(
                task,
                begun,
                healthy,
                drain.flatMap(delay -> drained(task, delay)),
                drain.isPresent(),
                StopReasons.isFailure(task),
                end);
    }

    /** A task whose containers have ended has nothing left to drain. */
    private static Optional<Instant> drained(Task task, Duration delay) {
        Instant over = task.executionStoppedAt() == null ? Instant.MAX : task.executionStoppedAt();
        return Optional.ofNullable(task.stoppingAt())
                .map(stopping -> stopping.plus(delay))
                .map(drained -> drained.isAfter(over) ? over : drained);
    }
}
