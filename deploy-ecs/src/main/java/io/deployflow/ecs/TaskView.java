package io.deployflow.ecs;

import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.Task;

/** What the description of a task says, in the words that people see. */
final class TaskView {
    private static final String RUNNING = "RUNNING";

    private TaskView() {}

    /** The task's own part of its ARN. */
    static String id(Task task) {
        return TaskDefinitions.id(task.taskArn());
    }

    /** One word: starting, running, healthy, unhealthy, draining, stopped. */
    static String state(Task task) {
        String status = String.valueOf(task.lastStatus());
        return switch (status) {
            case "PROVISIONING", "PENDING", "ACTIVATING" -> isToStop(task) ? "draining" : "starting";
            case RUNNING -> isToStop(task) ? "draining" : running(task);
            case "DEACTIVATING", "STOPPING", "DEPROVISIONING" -> "draining";
            default -> "stopped";
        };
    }

    /** The same, where a load balancer may know better whether a task that runs is healthy. */
    static String state(Task task, Optional<TargetState> target) {
        String own = state(task);
        if (target.isEmpty() || own.equals("unhealthy") || !serves(task)) {
            return own;
        }
        return target.get().isUnhealthy() ? "unhealthy" : target.get().isHealthy() ? "healthy" : "running";
    }

    private static boolean isToStop(Task task) {
        return DesiredStatus.STOPPED.toString().equals(task.desiredStatus());
    }

    private static String running(Task task) {
        if (task.healthStatus() == HealthStatus.UNHEALTHY) {
            return "unhealthy";
        }
        return task.healthStatus() == HealthStatus.HEALTHY ? "healthy" : "running";
    }

    /** Whether it runs and is not known to be unhealthy. */
    static boolean serves(Task task) {
        return RUNNING.equals(task.lastStatus()) && !isToStop(task) && task.healthStatus() != HealthStatus.UNHEALTHY;
    }

    /** What it runs, and why it stopped if it did. */
    static String detail(Task task) {
        String release = TaskDefinitions.id(task.taskDefinitionArn());
        return task.stoppedReason() == null ? release : release + ": " + task.stoppedReason();
    }

    /** How long it took to start. */
    static Duration took(Task task) {
        return task.createdAt() == null || task.startedAt() == null
                ? Duration.ZERO
                : Duration.between(task.createdAt(), task.startedAt());
    }

    /** The container that ended the task: one that failed, before one that just ended. */
    static Optional<Container> culprit(Task task) {
        return task.containers().stream()
                .filter(container -> container.exitCode() != null && container.exitCode() != 0)
                .findFirst()
                .or(() -> task.containers().stream()
                        .filter(container -> container.reason() != null)
                        .findFirst())
                .or(() -> task.containers().stream()
                        .filter(container -> container.exitCode() != null)
                        .findFirst());
    }
}
