package io.deployflow.ecs;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.SchedulingStrategy;
import software.amazon.awssdk.services.ecs.model.Service;

/** What the description of a service says about its deployments. */
final class ServiceView {
    private ServiceView() {}

    /** Whether somebody has deleted it: first it is DRAINING, then INACTIVE, and in the end ECS has forgotten it. */
    static boolean isDeleted(Service service) {
        return service.status() != null && !"ACTIVE".equals(service.status());
    }

    /** The newest deployment: what the service is to run. */
    static Optional<Deployment> primary(Service service) {
        return service.deployments().stream()
                .filter(deployment -> "PRIMARY".equals(deployment.status()))
                .findFirst();
    }

    /** A deployment by its id. */
    static Optional<Deployment> deployment(Service service, String id) {
        return service.deployments().stream()
                .filter(deployment -> id.equals(deployment.id()))
                .findFirst();
    }

    /** The deployment that ECS is still working on, if there is one. */
    static Optional<Deployment> inFlight(Service service) {
        return primary(service).filter(deployment -> deployment.rolloutState() == DeploymentRolloutState.IN_PROGRESS);
    }

    /** The task definition that serves: the newest deployment's if that is done, else that of the one it replaces. */
    static Optional<String> serving(Service service) {
        Optional<Deployment> primary = primary(service);
        if (primary.isPresent() && isDone(service, primary.get())) {
            return primary.map(Deployment::taskDefinition);
        }
        return older(service).map(Deployment::taskDefinition);
    }

    /** Whether the newest deployment has come to its end with success. */
    static boolean isDone(Service service, Deployment primary) {
        return primary.rolloutState() == null
                ? isSteady(service, primary)
                : primary.rolloutState() == DeploymentRolloutState.COMPLETED;
    }

    /** ECS names no rollout state for a service behind a Classic Load Balancer: its counters have to do. */
    private static boolean isSteady(Service service, Deployment primary) {
        return service.deployments().size() == 1
                && count(primary.pendingCount()) == 0
                && count(primary.runningCount()) >= count(primary.desiredCount());
    }

    /**
     * The newest deployment that still has tasks while another one replaces it, and that had come to its end: one that
     * was replaced halfway has tasks too, but never served alone.
     */
    static Optional<Deployment> older(Service service) {
        return service.deployments().stream()
                .filter(deployment -> "ACTIVE".equals(deployment.status()))
                .filter(deployment -> deployment.rolloutState() == null
                        || deployment.rolloutState() == DeploymentRolloutState.COMPLETED)
                .filter(deployment -> count(deployment.runningCount()) > 0)
                .findFirst();
    }

    /** Ids of all deployments that are described. */
    static List<String> ids(Service service) {
        return service.deployments().stream().map(Deployment::id).toList();
    }

    /** One line for people: {@code PRIMARY puma:18 1/2 running, 1 starting, 0 failed, IN_PROGRESS}. */
    static String line(Deployment deployment) {
        return deployment.status() + " " + TaskDefinitions.id(deployment.taskDefinition()) + " "
                + count(deployment.runningCount()) + "/" + count(deployment.desiredCount()) + " running, "
                + count(deployment.pendingCount()) + " starting, " + count(deployment.failedTasks()) + " failed"
                + Optional.ofNullable(deployment.rolloutStateAsString())
                        .map(state -> ", " + state)
                        .orElse("");
    }

    /** Everything whose change is worth a look at the tasks. */
    static String fingerprint(Service service) {
        return service.deployments().stream()
                        .map(deployment -> deployment.id() + " " + line(deployment))
                        .collect(Collectors.joining("; "))
                + service.events().stream().findFirst().map(event -> event.id()).orElse("");
    }

    /** Whether the service is to run no task at all, so that nothing of a rollout can be seen. */
    static boolean isAsleep(Service service) {
        return count(service.desiredCount()) == 0 && service.schedulingStrategy() != SchedulingStrategy.DAEMON;
    }

    /** A counter, which is 0 where it is missing. */
    static int count(Integer value) {
        return value == null ? 0 : value;
    }
}
