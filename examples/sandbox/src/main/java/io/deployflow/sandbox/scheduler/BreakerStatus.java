package io.deployflow.sandbox.scheduler;

/** The circuit breaker of a service deployment. */
public enum BreakerStatus {
    /** Off. */
    DISABLED,
    /** Counting failures. */
    MONITORING,
    /** The deployment ended without it. */
    MONITORING_COMPLETE,
    /** It ended the deployment. */
    TRIGGERED
}
