package io.deployflow.ecs;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/** What the description of a task says, in the words that people see. */
final class TaskView {
    private static final String RUNNING = "RUNNING";
    private static final int SIGKILL = 137;
    private static final int SIGTERM = 143;

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

    /**
     * The container that ended the task, of those of which ECS says how they ended: one that failed by itself, before
     * one that was only ended with the others.
     */
    static Optional<Container> culprit(Task task) {
        boolean endedByItself = task.stopCode() == TaskStopCode.ESSENTIAL_CONTAINER_EXITED;
        return task.containers().stream()
                .filter(container -> container.exitCode() != null || container.reason() != null)
                .min(Comparator.comparing(container -> Ending.of(container, endedByItself)));
    }

    /** How a container ended, the likeliest culprit first. */
    private enum Ending {
        OUT_OF_MEMORY,
        FAILED,
        NOT_STARTED,
        KILLED,
        ASKED_TO_END,
        WELL,
        /** Where another has ended by itself. */
        ENDED_WITH_ANOTHER;

        static Ending of(Container container, boolean endedByItself) {
            if (String.valueOf(container.reason()).contains("OutOfMemory")) {
                return OUT_OF_MEMORY;
            }
            if (container.exitCode() == null) {
                return NOT_STARTED;
            }
            return switch (container.exitCode()) {
                case 0 -> WELL;
                case SIGKILL -> KILLED;
                case SIGTERM -> endedByItself ? ENDED_WITH_ANOTHER : ASKED_TO_END;
                default -> FAILED;
            };
        }
    }
}
