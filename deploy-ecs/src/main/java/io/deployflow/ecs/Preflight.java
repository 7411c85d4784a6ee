package io.deployflow.ecs;

import io.deployflow.ConfigurationException;
import io.deployflow.TargetLockedException;
import io.deployflow.spi.DeployContext;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Cluster;

/** Makes sure, before anything is built, that a deploy to the target can work. Changes nothing. */
final class Preflight {
    private final EcsSettings settings;
    private final EcsGateway ecs;
    private final ImageRegistry registry;
    private final InFlightGuard guard;
    private final NextTaskDefinition definitions;

    Preflight(EcsSettings settings, EcsGateway ecs, ImageRegistry registry, InFlightGuard guard) {
        this.settings = settings;
        this.ecs = ecs;
        this.registry = registry;
        this.guard = guard;
        this.definitions = new NextTaskDefinition(settings);
    }

    /**
     * Checks.
     *
     * @throws ConfigurationException if the settings name something that is not there or cannot be deployed to
     * @throws TargetLockedException if another deployment is in flight
     */
    void run(DeployContext context) {
        checkCluster();
        List<LiveService> services = ecs.live();
        services.forEach(one -> {
            ServiceChecks.check(one.service());
            definitions.make(one, settings.image().repository(), context);
        });
        context.output(services.get(0).name(), "pushes to " + registry.repository());
        services.stream()
                .filter(one -> ServiceView.isAsleep(one.service()))
                .forEach(one -> context.warn("service " + one.name()
                        + " is to run 0 tasks: the release will be set, but nothing will show that it works"));
        services.forEach(one -> guard.clear(one.name(), one.service(), context));
    }

    /**
     * Makes sure that the cluster is there.
     *
     * @throws ConfigurationException if it is not, or not active
     */
    void checkCluster() {
        Optional<Cluster> cluster = ecs.cluster();
        if (cluster.isEmpty()) {
            throw new ConfigurationException(
                    "there is no ECS cluster '" + settings.cluster() + "'",
                    Nearest.remedy("cluster", settings.cluster(), ecs::clusterNames));
        }
        if (!"ACTIVE".equals(cluster.get().status())) {
            throw new ConfigurationException(
                    "cluster " + settings.cluster() + " is " + cluster.get().status() + ", not ACTIVE",
                    "Deploy to another cluster, or create it anew.");
        }
    }
}
