package io.deployflow.sandbox.scheduler;

/** The status of a service deployment. */
public enum ServiceDeploymentStatus {
    /** Made; the scheduler has not begun. */
    PENDING,
    /** Under way. */
    IN_PROGRESS,
    /** Done. */
    SUCCESSFUL,
    /** To be stopped; the scheduler has not done so yet. */
    STOP_REQUESTED,
    /** Ended without a result: superseded, aborted, or failed without a rollback. */
    STOPPED,
    /** To be rolled back; the scheduler has not begun. */
    ROLLBACK_REQUESTED,
    /** The service is going back to the release before. */
    ROLLBACK_IN_PROGRESS,
    /** The service is back at the release before. */
    ROLLBACK_SUCCESSFUL,
    /** The rollback failed too, or there was nothing to go back to. */
    ROLLBACK_FAILED;

    /** {@return whether it can still change} */
    public boolean inFlight() {
        return switch (this) {
            case PENDING, IN_PROGRESS, STOP_REQUESTED, ROLLBACK_REQUESTED, ROLLBACK_IN_PROGRESS -> true;
            case SUCCESSFUL, STOPPED, ROLLBACK_SUCCESSFUL, ROLLBACK_FAILED -> false;
        };
    }

    /** {@return whether it is on its way to what it rolls out} */
    boolean forward() {
        return this == PENDING || this == IN_PROGRESS;
    }
}
