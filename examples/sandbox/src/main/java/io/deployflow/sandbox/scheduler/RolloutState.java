package io.deployflow.sandbox.scheduler;

/** {@code rolloutState} of a deployment. */
public enum RolloutState {
    /** Tasks are being replaced. */
    IN_PROGRESS,
    /** It reached a steady state. */
    COMPLETED,
    /** The circuit breaker opened, or somebody stopped it; it launches nothing any more. */
    FAILED
}
