package io.deployflow.sandbox.scheduler;

/** The status of a service deployment. */
public enum ServiceDeploymentStatus {
    /** Under way. */
    IN_PROGRESS,
    /** Done. */
    SUCCESSFUL,
    /** Ended without a result: superseded, aborted, or failed without a rollback. */
    STOPPED,
    /** The service is going back to the release before. */
    ROLLBACK_IN_PROGRESS,
    /** The service is back at the release before. */
    ROLLBACK_SUCCESSFUL,
    /** The rollback failed too, or there was nothing to go back to. */
    ROLLBACK_FAILED;

    /** {@return whether it can still change} */
    public boolean inFlight() {
        return this == IN_PROGRESS || this == ROLLBACK_IN_PROGRESS;
    }
}
