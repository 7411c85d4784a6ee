package io.deployflow.sandbox.scheduler;

/**
 * Why a task stops.
 *
 * @param code ECS's code
 * @param reason ECS's sentence
 */
public record Stop(StopCode code, String reason) {

    /** An essential container ended by itself. */
    static final Stop CONTAINER_EXITED =
            new Stop(StopCode.ESSENTIAL_CONTAINER_EXITED, "Essential container in task exited");

    /** A container failed its health check. */
    static final Stop CONTAINER_UNHEALTHY =
            new Stop(StopCode.SERVICE_SCHEDULER_INITIATED, "Task failed container health checks");

    /** The capacity of a Spot task was taken back. */
    public static final Stop SPOT = new Stop(StopCode.SPOT_INTERRUPTION, "Your Spot Task was interrupted.");

    /** What it runs on is about to end. */
    public static final Stop TERMINATION = new Stop(StopCode.TERMINATION_NOTICE, "Host EC2 is terminated");

    static Stop targetUnhealthy(String groupArn) {
        return new Stop(
                StopCode.SERVICE_SCHEDULER_INITIATED,
                "Task failed ELB health checks in (target-group %s)".formatted(groupArn));
    }

    static Stop failedToStart(String failure) {
        return new Stop(StopCode.TASK_FAILED_TO_START, failure);
    }

    static Stop scaling(String deploymentId) {
        return new Stop(
                StopCode.SERVICE_SCHEDULER_INITIATED,
                "Scaling activity initiated by (deployment %s)".formatted(deploymentId));
    }

    /**
     * Somebody stopped it.
     *
     * @param reason what they gave as a reason
     * @return the stop
     */
    public static Stop byUser(String reason) {
        return new Stop(StopCode.USER_INITIATED, reason.isEmpty() ? "Task stopped by user" : reason);
    }
}
