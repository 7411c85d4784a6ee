package io.deployflow.sandbox.scheduler;

/** Why a task was stopped, as {@code stopCode} has it. */
public enum StopCode {
    /** An image could not be pulled or a container could not be started. */
    TASK_FAILED_TO_START("TaskFailedToStart"),
    /** An essential container ended by itself. */
    ESSENTIAL_CONTAINER_EXITED("EssentialContainerExited"),
    /** Somebody called StopTask. */
    USER_INITIATED("UserInitiated"),
    /** A deployment, a scaling or a failed health check. */
    SERVICE_SCHEDULER_INITIATED("ServiceSchedulerInitiated"),
    /** The capacity of a Spot task was taken back. */
    SPOT_INTERRUPTION("SpotInterruption"),
    /** What it runs on is about to end. */
    TERMINATION_NOTICE("TerminationNotice");

    private final String apiName;

    StopCode(String apiName) {
        this.apiName = apiName;
    }

    /** {@return its name in API answers} */
    public String apiName() {
        return apiName;
    }
}
