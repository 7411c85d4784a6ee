package io.deployflow.sandbox.scheduler;

import java.time.Duration;

/**
 * What a service is to be, beside its task definition.
 *
 * @param desired how many tasks
 * @param minimumPercent minimumHealthyPercent
 * @param maximumPercent maximumPercent
 * @param breaker whether the circuit breaker is on
 * @param rollback whether the circuit breaker rolls back
 * @param grace healthCheckGracePeriodSeconds, as configured
 */
public record ServiceRules(
        int desired, int minimumPercent, int maximumPercent, boolean breaker, boolean rollback, Duration grace) {

    /** {@return the fewest healthy tasks that a deployment may leave} */
    public int floor() {
        return (desired * minimumPercent + 99) / 100;
    }

    /** {@return the most tasks, running and pending, that a deployment may make} */
    public int ceiling() {
        return desired * maximumPercent / 100;
    }

    /**
     * The failed tasks at which the circuit breaker opens.
     *
     * @return half of the desired ones, rounded up, at least 3, at most 200
     */
    public int breakerThreshold() {
        return Math.max(3, Math.min(200, (desired + 1) / 2));
    }
}
