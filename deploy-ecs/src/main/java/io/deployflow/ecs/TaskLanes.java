package io.deployflow.ecs;

import io.deployflow.Lane;
import io.deployflow.spi.DeployContext;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * Tells what the tasks of a rollout do and when, from one look at them to the next. ECS gives most moments exactly;
 * when a task became healthy and when its connections were drained is what was seen.
 */
final class TaskLanes {
    /** Less is what calls take, not a difference between clocks. */
    private static final Duration SAME_CLOCK = Duration.ofSeconds(2);

    private final Attempt attempt;
    private final TaskNames names;
    private final DeployContext context;
    private final Duration ahead;
    private final Instant begun;
    private final Map<String, Instant> healthy = new HashMap<>();
    private final Map<String, Instant> drained = new HashMap<>();
    private final Map<String, Boolean> balanced = new LinkedHashMap<>();

    /** Of a rollout that has just begun. */
    TaskLanes(Attempt attempt, TaskNames names, DeployContext context) {
        this.attempt = attempt;
        this.names = names;
        this.context = context;
        Instant now = context.clock().instant();
        this.ahead = attempt.createdAt()
                .map(created -> Duration.between(created, now))
                .filter(difference -> difference.abs().compareTo(SAME_CLOCK) > 0)
                .orElse(Duration.ZERO);
        this.begun = attempt.createdAt().orElse(now);
    }

    /** Takes in how the tasks are now, and tells their lanes. */
    void see(List<Task> tasks, List<TargetState> targets) {
        Instant now = context.clock().instant().minus(ahead);
        List<Task> ours = tasks.stream().filter(this::takesPart).toList();
        ours.forEach(task -> note(task, TargetState.of(task, targets), now));
        Healthy inferred = Healthy.from(ours, this::isNew);
        ours.forEach(task -> context.lane(shifted(moments(task, inferred, now).lane(names, !isNew(task)))));
    }

    private boolean isNew(Task task) {
        return attempt.deployment().equals(task.startedBy());
    }

    /** What had been told to stop before the rollout began has nothing to do with it. */
    private boolean takesPart(Task task) {
        return isNew(task)
                || (task.stoppingAt() == null
                        ? task.stoppedAt() == null
                        : !task.stoppingAt().isBefore(begun));
    }

    private void note(Task task, Optional<TargetState> target, Instant now) {
        String arn = task.taskArn();
        balanced.merge(arn, target.isPresent(), Boolean::logicalOr);
        if (TaskView.state(task, target).equals("healthy")) {
            healthy.putIfAbsent(arn, now);
        }
        if (List.of("STOPPING", "DEPROVISIONING").contains(String.valueOf(task.lastStatus()))) {
            drained.putIfAbsent(arn, now);
        }
    }

    private TaskMoments moments(Task task, Healthy inferred, Instant now) {
        String arn = task.taskArn();
        Optional<Instant> since = isNew(task)
                ? Optional.ofNullable(healthy.get(arn)).or(() -> inferred.of(task))
                : Optional.ofNullable(task.startedAt());
        return new TaskMoments(
                task,
                begun,
                since,
                Optional.ofNullable(drained.get(arn)),
                balanced.getOrDefault(arn, false),
                isNew(task) && StopReasons.isFailure(task),
                now);
    }

    private Lane shifted(Lane lane) {
        return ahead.isZero()
                ? lane
                : new Lane(
                        lane.unit(),
                        lane.group(),
                        lane.release(),
                        lane.replaced(),
                        lane.spans().stream()
                                .map(span ->
                                        new Lane.Span(span.name(), span.start().plus(ahead), span.took(), span.end()))
                                .toList());
    }
}
