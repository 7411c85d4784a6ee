package io.deployflow.ecs;

import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.SchedulingStrategy;
import software.amazon.awssdk.services.ecs.model.Service;

/**
 * How many tasks a rolling deployment may stop and start at a time.
 *
 * @param desired how many there are to be
 * @param least how many must run all along
 * @param most how many may be there at once
 * @param daemon whether there is one for each host instead
 */
record Batch(int desired, int least, int most, boolean daemon) {
    private static final int ALL = 100;
    private static final int TWICE = 200;

    /** By ECS's rule: the least is rounded up, the most is rounded down. */
    static Batch of(Service service) {
        int desired = ServiceView.count(service.desiredCount());
        Optional<DeploymentConfiguration> configuration = Optional.ofNullable(service.deploymentConfiguration());
        int minimum = configuration
                .map(DeploymentConfiguration::minimumHealthyPercent)
                .orElse(ALL);
        int maximum = configuration.map(DeploymentConfiguration::maximumPercent).orElse(TWICE);
        return new Batch(
                desired,
                (desired * minimum + ALL - 1) / ALL,
                desired * maximum / ALL,
                service.schedulingStrategy() == SchedulingStrategy.DAEMON);
    }

    /** Whether no task may be stopped before another one runs, and none started before one has stopped. */
    boolean isStuck() {
        return !daemon && desired > 0 && least >= desired && most <= desired;
    }
}
