package io.deployflow.sandbox.scheduler;

import java.time.Instant;
import java.util.Optional;

/** Begins and ends the deployments of a service: superseding, circuit breaker, rollback, completion. */
final class Rollout {

    private static final String BREAKER = "ECS deployment circuit breaker: tasks failed to start.";
    private static final String SUPERSEDED = "Superseded by a newer service deployment.";

    private final ServiceState service;
    private final Ids ids;

    Rollout(ServiceState service, Ids ids) {
        this.service = service;
        this.ids = ids;
    }

    Deployment deploy(String number, TaskPlan plan, Instant now) {
        service.inFlight().ifPresent(old -> old.end(ServiceDeploymentStatus.STOPPED, SUPERSEDED, now));
        Optional<Deployment> source = service.deployments.stream().findFirst();
        Deployment deployment = new Deployment(number, plan, now);
        service.deployments.add(0, deployment);
        service.history.add(new ServiceDeployment(ids.number(), deployment, source, service.rules));
        service.steady = false;
        return deployment;
    }

    /** Opens the circuit breaker when too many tasks have failed. */
    void guard(Instant now) {
        Deployment primary = service.primary();
        if (!service.rules.breaker()
                || !primary.inProgress()
                || primary.failedTasks() < service.rules.breakerThreshold()) {
            return;
        }
        primary.enter(RolloutState.FAILED, BREAKER, now);
        service.events.failed(primary, now);
        service.inFlight().ifPresent(current -> trip(current, now));
    }

    private void trip(ServiceDeployment current, Instant now) {
        boolean rollingBack = current.status() == ServiceDeploymentStatus.ROLLBACK_IN_PROGRESS;
        current.trigger();
        if (rollingBack || (service.rules.rollback() && service.lastCompleted.isEmpty())) {
            current.end(ServiceDeploymentStatus.ROLLBACK_FAILED, BREAKER, now);
        } else if (service.rules.rollback()) {
            rollBack(current, BREAKER, now);
        } else {
            current.end(ServiceDeploymentStatus.STOPPED, BREAKER, now);
        }
    }

    /** Ends the deployment in flight because somebody said so. */
    void stop(ServiceDeployment current, boolean rollback, Instant now) {
        String why = "Service deployment %s by StopServiceDeployment.".formatted(rollback ? "rolled back" : "aborted");
        service.primary().enter(RolloutState.FAILED, why, now);
        if (rollback) {
            rollBack(current, why, now);
        } else {
            current.end(ServiceDeploymentStatus.STOPPED, why, now);
        }
    }

    private void rollBack(ServiceDeployment current, String why, Instant now) {
        Deployment to = service.lastCompleted.orElseThrow();
        service.deployments.remove(to);
        service.deployments.add(0, to);
        to.restart("ECS deployment circuit breaker: rolling back to deploymentId %s.".formatted(to.id()), now);
        service.events.rollingBack(to, now);
        service.steady = false;
        current.rollBack(to, why, now);
    }

    /** Takes note that the service is as it should be. */
    void settle(Instant now) {
        Deployment primary = service.primary();
        if (primary.inProgress()) {
            primary.enter(RolloutState.COMPLETED, "ECS deployment %s completed.".formatted(primary.id()), now);
            service.deployments.removeIf(deployment -> !deployment.equals(primary));
            service.lastCompleted = Optional.of(primary);
            service.events.completed(primary, now);
            service.inFlight().ifPresent(current -> succeed(current, now));
        }
        if (!service.steady) {
            service.steady = true;
            service.events.steady(now);
        }
    }

    private static void succeed(ServiceDeployment current, Instant now) {
        boolean rolledBack = current.status() == ServiceDeploymentStatus.ROLLBACK_IN_PROGRESS;
        current.end(
                rolledBack ? ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL : ServiceDeploymentStatus.SUCCESSFUL,
                rolledBack ? current.reason() : "",
                now);
    }

    /** Ends whatever is in flight because the service is being deleted. */
    void abandon(Instant now) {
        service.inFlight()
                .ifPresent(
                        current -> current.end(ServiceDeploymentStatus.STOPPED, "The service is being deleted.", now));
    }

    /** Forgets old deployments that have no task left and that nothing can roll back to. */
    void forgetReplaced() {
        service.deployments.removeIf(old -> !old.equals(service.primary())
                && service.unfinished(old).isEmpty()
                && !service.lastCompleted.equals(Optional.of(old)));
    }
}
