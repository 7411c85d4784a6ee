package io.deployflow.ecs;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/** Tells tasks that stopped because of the release from tasks that were stopped for another reason. */
final class StopReasons {
    /** The scheduler stops tasks to replace them; a spot host is taken away: neither says anything of the release. */
    private static final Set<TaskStopCode> OWN_FAULT =
            EnumSet.of(TaskStopCode.TASK_FAILED_TO_START, TaskStopCode.ESSENTIAL_CONTAINER_EXITED);

    private static final String HEALTH = "health checks";
    private static final int FEWEST = 2;
    private static final int FEWEST_OF_HEALTH = 3;
    private static final double SHARE = 0.25;
    private static final double SHARE_AT_FIRST = 0.125;

    private StopReasons() {}

    /** The tasks of a deployment that stopped because of what it deploys, newest first. */
    static List<Task> failed(List<Task> tasks, String deployment) {
        return tasks.stream()
                .filter(task -> deployment.equals(task.startedBy()))
                .filter(StopReasons::isFailure)
                .sorted(Comparator.comparing(StopReasons::created).reversed())
                .toList();
    }

    /** Whether it stopped because of what it runs. */
    static boolean isFailure(Task task) {
        return OWN_FAULT.contains(task.stopCode()) || isUnhealthy(task);
    }

    private static Instant created(Task task) {
        return task.createdAt() == null ? Instant.EPOCH : task.createdAt();
    }

    /** Whether health checks, the container's or the load balancer's, made the scheduler stop it. */
    static boolean isUnhealthy(Task task) {
        return task.stoppedReason() != null && task.stoppedReason().contains(HEALTH);
    }

    /**
     * How many failed tasks decide. Where the first thing that happens to a release is that its tasks fail, it is the
     * release: an eighth of what is wanted is enough, which is one of a small service. Where others of it are healthy,
     * a failure may be chance: then a quarter, and never one alone. A health check may need another chance while the
     * application warms up, so ECS's own least number, three, holds for it.
     *
     * @param proven whether a task of the release has been seen to be healthy
     */
    static int enough(int desired, boolean proven, List<Task> failed) {
        if (!proven) {
            return Math.max(1, (int) Math.ceil(desired * SHARE_AT_FIRST));
        }
        boolean onlyUnhealthy = failed.stream().allMatch(StopReasons::isUnhealthy);
        return Math.max(onlyUnhealthy ? FEWEST_OF_HEALTH : FEWEST, (int) Math.ceil(desired * SHARE));
    }
}
