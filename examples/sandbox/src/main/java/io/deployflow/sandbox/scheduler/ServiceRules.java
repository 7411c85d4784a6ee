package io.deployflow.sandbox.scheduler;

import java.time.Duration;

/**
 * What a service is to be, beside its task definition.
 *
 * @param desired how many tasks
 * @param minimumPercent minimumHealthyPercent
 * @param maximumPercent maximumPercent
 * @param breaker the circuit breaker
 * @param alarms the deployment alarms
 * @param bake bakeTimeInMinutes: how long a deployment that looks complete is watched, as configured
 * @param grace healthCheckGracePeriodSeconds, as configured
 * @param strategy how deployments come to serve
 */
public record ServiceRules(
        int desired,
        int minimumPercent,
        int maximumPercent,
        BreakerRules breaker,
        AlarmRules alarms,
        Duration bake,
        Duration grace,
        Strategy strategy) {

    /** What ECS watches at least where there are alarms: the period of an alarm. */
    private static final Duration ALARM_PERIOD = Duration.ofMinutes(1);

    /**
     * Without alarms and bake time, and with ECS's own threshold.
     *
     * @param desired how many tasks
     * @param minimumPercent minimumHealthyPercent
     * @param maximumPercent maximumPercent
     * @param breaker whether the circuit breaker is on
     * @param rollback whether the circuit breaker rolls back
     * @param grace healthCheckGracePeriodSeconds, as configured
     */
    public ServiceRules(
            int desired, int minimumPercent, int maximumPercent, boolean breaker, boolean rollback, Duration grace) {
        this(
                desired,
                minimumPercent,
                maximumPercent,
                BreakerRules.of(breaker, rollback),
                AlarmRules.NONE,
                Duration.ZERO,
                grace);
    }

    /**
     * With the strategy ROLLING.
     *
     * @param desired how many tasks
     * @param minimumPercent minimumHealthyPercent
     * @param maximumPercent maximumPercent
     * @param breaker the circuit breaker
     * @param alarms the deployment alarms
     * @param bake bakeTimeInMinutes, as configured
     * @param grace healthCheckGracePeriodSeconds, as configured
     */
    public ServiceRules(
            int desired,
            int minimumPercent,
            int maximumPercent,
            BreakerRules breaker,
            AlarmRules alarms,
            Duration bake,
            Duration grace) {
        this(desired, minimumPercent, maximumPercent, breaker, alarms, bake, grace, Strategy.ROLLING);
    }

    /** {@return the fewest healthy tasks that a deployment may leave} */
    public int floor() {
        return (desired * minimumPercent + 99) / 100;
    }

    /** {@return the most tasks, running and pending, that a deployment may make} */
    public int ceiling() {
        return desired * maximumPercent / 100;
    }

    /** {@return the failed tasks at which the circuit breaker opens} */
    public int breakerThreshold() {
        return breaker.threshold(desired);
    }

    /** {@return how long a deployment that looks complete is watched, as configured} */
    Duration watched() {
        boolean computed = alarms.enabled() && bake.compareTo(ALARM_PERIOD) < 0;
        return computed ? ALARM_PERIOD : bake;
    }

    /**
     * The same for another number of tasks.
     *
     * @param count how many
     * @return the changed rules
     */
    ServiceRules withDesired(int count) {
        return new ServiceRules(count, minimumPercent, maximumPercent, breaker, alarms, bake, grace, strategy);
    }
}
