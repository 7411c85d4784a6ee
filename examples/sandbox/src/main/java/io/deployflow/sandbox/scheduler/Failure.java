package io.deployflow.sandbox.scheduler;

/**
 * Why a deployment fails, in ECS's words.
 *
 * @param reason its rolloutStateReason
 * @param event what the event says after "deployment failed"
 * @param statusReason the statusReason of the service deployment
 * @param rollback whether it is rolled back
 * @param rollingBack the rolloutStateReason of what it goes back to, with a place for its id
 */
record Failure(String reason, String event, String statusReason, boolean rollback, String rollingBack) {

    /** The rolloutStateReason of what a deployment goes back to that was stopped by hand. */
    static final String STOPPED_BY_HAND = "ECS deployment rolling back to deploymentId %s.";

    static Failure breaker(ServiceRules rules) {
        boolean rollback = rules.breaker().rollback();
        return new Failure(
                "ECS deployment circuit breaker: tasks failed to start.",
                "tasks failed to start",
                "Service deployment %s because the circuit breaker threshold was exceeded."
                        .formatted(rollback ? "rolled back" : "stopped"),
                rollback,
                "ECS deployment circuit breaker: rolling back to deploymentId %s.");
    }

    static Failure hook(Stage stage, Hook hook) {
        return new Failure(
                "ECS deployment failed: hook execution failure(s) detected.",
                "hook execution failure(s) detected",
                "Service deployment rolled back because %s lifecycle hook(s) failed. Lifecycle hook target %s returned"
                                .formatted(stage, hook.targetArn())
                        + " FAILED status.",
                true,
                STOPPED_BY_HAND);
    }

    static Failure alarm(ServiceRules rules) {
        boolean rollback = rules.alarms().rollback();
        return new Failure(
                "ECS deployment failed: alarm detected.",
                "alarm detected",
                "Service deployment %s because an alarm was detected.".formatted(rollback ? "rolled back" : "stopped"),
                rollback,
                "ECS deployment alarm detected: rolling back to deploymentId %s.");
    }
}
