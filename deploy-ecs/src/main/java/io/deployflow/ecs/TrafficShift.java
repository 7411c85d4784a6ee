package io.deployflow.ecs;

import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.CanaryConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.LinearConfiguration;
import software.amazon.awssdk.services.ecs.model.Service;

/**
 * How the traffic goes over to the new tasks.
 *
 * @param atOnce whether all new tasks are there before the first old one goes; else they are replaced batch by batch
 * @param stepping how long the traffic is shared between old and new ones
 * @param bake how long the old ones are kept after the last of the traffic has gone over
 */
record TrafficShift(boolean atOnce, Duration stepping, Duration bake) {
    private static final double ALL = 100;

    /** Batch by batch. */
    static final TrafficShift ROLLING = new TrafficShift(false, Duration.ZERO, Duration.ZERO);

    /** By the service's deployment strategy. */
    static TrafficShift of(Service service) {
        return Optional.ofNullable(service.deploymentConfiguration())
                .map(TrafficShift::of)
                .orElse(ROLLING);
    }

    private static TrafficShift of(DeploymentConfiguration configuration) {
        Duration bake = minutes(configuration.bakeTimeInMinutes());
        return switch (String.valueOf(configuration.strategyAsString())) {
            case "BLUE_GREEN" -> new TrafficShift(true, Duration.ZERO, bake);
            case "LINEAR" -> new TrafficShift(true, stepping(configuration.linearConfiguration()), bake);
            case "CANARY" -> new TrafficShift(true, stepping(configuration.canaryConfiguration()), bake);
            default -> ROLLING;
        };
    }

    /** There is a pause after every step but the last. */
    private static Duration stepping(LinearConfiguration linear) {
        if (linear == null || linear.stepPercent() == null) {
            return Duration.ZERO;
        }
        long steps = (long) Math.ceil(ALL / linear.stepPercent());
        return minutes(linear.stepBakeTimeInMinutes()).multipliedBy(Math.max(0, steps - 1));
    }

    private static Duration stepping(CanaryConfiguration canary) {
        return canary == null ? Duration.ZERO : minutes(canary.canaryBakeTimeInMinutes());
    }

    private static Duration minutes(Integer minutes) {
        return Duration.ofMinutes(ServiceView.count(minutes));
    }

    /** The same with another bake time. */
    TrafficShift baking(Duration other) {
        return new TrafficShift(atOnce, stepping, other);
    }
}
