package io.deployflow.sandbox.scheduler;

import io.deployflow.sandbox.Timings;
import io.deployflow.sandbox.elb.TargetHealth;
import io.deployflow.sandbox.elb.TargetRef;
import io.deployflow.sandbox.elb.TargetState;
import io.deployflow.sandbox.port.ContainerStatus;
import io.deployflow.sandbox.port.ContainerStatus.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides whether a task is healthy: by its targets and its container checks where there are any, else by having run
 * for 40 s.
 */
final class TaskHealth {

    private final Timings timings;

    TaskHealth(Timings timings) {
        this.timings = timings;
    }

    /** What is wrong with a task, and where. */
    record Complaint(Stop stop, Optional<TargetRef> target, String reason) {}

    boolean healthy(Task task, Facts facts) {
        return task.running()
                && task.targets().stream().allMatch(target -> state(target, facts) == TargetState.HEALTHY)
                && containersHealthy(task)
                && (checked(task) || ranFor(task, timings.healthyAfterRunning(), facts.now()));
    }

    /** What is wrong with a running task; empty while the grace period lasts. */
    Optional<Complaint> complaint(Task task, Duration grace, Facts facts) {
        if (!task.running() || !ranFor(task, timings.scaleGrace(grace), facts.now())) {
            return Optional.empty();
        }
        return task.containers().stream().anyMatch(container -> container.health() == Health.UNHEALTHY)
                ? Optional.of(new Complaint(Stop.CONTAINER_UNHEALTHY, Optional.empty(), ""))
                : targetComplaint(task, facts);
    }

    private static Optional<Complaint> targetComplaint(Task task, Facts facts) {
        for (TargetRef target : task.targets()) {
            TargetHealth health = facts.target(target);
            if (health.state() == TargetState.UNHEALTHY) {
                Stop stop = Stop.targetUnhealthy(target.groupArn());
                return Optional.of(new Complaint(stop, Optional.of(target), health.description()));
            }
        }
        return Optional.empty();
    }

    private static TargetState state(TargetRef target, Facts facts) {
        return facts.target(target).state();
    }

    private static boolean checked(Task task) {
        return !task.targets().isEmpty() || task.plan().hasContainerCheck();
    }

    private static boolean containersHealthy(Task task) {
        return task.plan().containers().stream()
                .filter(planned -> planned.spec().healthCheck().isPresent())
                .allMatch(planned -> task.containers().stream()
                        .filter(seen -> seen.name().equals(planned.spec().name()))
                        .map(ContainerStatus::health)
                        .allMatch(health -> health == Health.HEALTHY));
    }

    private static boolean ranFor(Task task, Duration duration, Instant now) {
        return task.at(Moment.STARTED)
                .map(start -> !now.isBefore(start.plus(duration)))
                .orElse(false);
    }
}
