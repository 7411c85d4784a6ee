package io.deployflow.ecs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.Task;

/** Says what a rollout that goes on waits for. */
final class SlowPhase {
    private SlowPhase() {}

    /** One phrase: which step is not done, of how many tasks, and for how long. */
    static String of(Attempt attempt, Observation seen, Instant now) {
        List<Task> ours = seen.tasks().stream()
                .filter(task -> attempt.deployment().equals(task.startedBy()))
                .filter(task -> !TaskView.state(task).equals("stopped"))
                .toList();
        int desired = ServiceView.count(seen.service().desiredCount());
        if (ours.isEmpty()) {
            return "no task of it was started; the service may have no room for one";
        }
        return starting(ours, now)
                .or(() -> missing(ours.size(), desired))
                .or(() -> unhealthy(attempt, seen, desired))
                .or(() -> draining(attempt, seen))
                .orElse("all " + desired + " tasks run, but ECS has not called it done");
    }

    private static Optional<String> starting(List<Task> ours, Instant now) {
        List<Task> starting = ours.stream()
                .filter(task -> TaskView.state(task).equals("starting"))
                .toList();
        return starting.stream()
                .findFirst()
                .map(task -> starting.size() + " of its tasks still " + startingStep(task) + ", since " + age(task, now)
                        + " s");
    }

    /** In seconds; a task that has no host yet may have no time either, and the clock here may be behind. */
    private static long age(Task task, Instant now) {
        Instant created = task.createdAt() == null ? now : task.createdAt();
        return Math.max(0, Duration.between(created, now).toSeconds());
    }

    private static String startingStep(Task task) {
        if (task.pullStartedAt() != null && task.pullStoppedAt() == null) {
            return "pull the image";
        }
        return switch (String.valueOf(task.lastStatus())) {
            case "PROVISIONING" -> "wait for a host or a network interface";
            case "ACTIVATING" -> "register with the load balancer";
            default -> "start their containers";
        };
    }

    private static Optional<String> missing(int there, int desired) {
        return there >= desired
                ? Optional.empty()
                : Optional.of("only " + there + " of " + desired + " tasks were started; the others wait for those that"
                        + " run to be healthy, or for room");
    }

    private static Optional<String> unhealthy(Attempt attempt, Observation seen, int desired) {
        return ServiceView.deployment(seen.service(), attempt.deployment())
                .map(Deployment::runningCount)
                .filter(running -> running < desired)
                .map(running -> "only " + running + " of " + desired + " tasks run");
    }

    private static Optional<String> draining(Attempt attempt, Observation seen) {
        long old = seen.tasks().stream()
                .filter(task -> !attempt.deployment().equals(task.startedBy()))
                .filter(task -> !TaskView.state(task).equals("stopped"))
                .count();
        return old == 0
                ? Optional.empty()
                : Optional.of(
                        "its tasks run, but " + old + " old ones are not gone: either the new ones are not healthy"
                                + " at the load balancer, or the target group's deregistration delay is long");
    }
}
