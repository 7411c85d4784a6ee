package io.deployflow.sandbox.scheduler;

/** The moments of a task's life that {@code DescribeTasks} tells. */
public enum Moment {
    /** The scheduler made it. */
    CREATED("createdAt"),
    /** The first pull began. */
    PULL_STARTED("pullStartedAt"),
    /** The last pull ended. */
    PULL_STOPPED("pullStoppedAt"),
    /** All its containers ran. */
    STARTED("startedAt"),
    /** It was decided to stop it. */
    STOPPING("stoppingAt"),
    /** Its containers had ended. */
    EXECUTION_STOPPED("executionStoppedAt"),
    /** It was over. */
    STOPPED("stoppedAt");

    private final String field;

    Moment(String field) {
        this.field = field;
    }

    /** {@return its name in API answers} */
    public String field() {
        return field;
    }
}
