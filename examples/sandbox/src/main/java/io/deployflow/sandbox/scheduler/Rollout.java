package io.deployflow.sandbox.scheduler;

import io.deployflow.sandbox.Timings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Begins and ends the deployments of a service: superseding, circuit breaker, alarms, rollback, completion. */
final class Rollout {

    private static final String SUPERSEDED = "Superseded by a newer service deployment.";
    private static final String NO_CANDIDATE = "No rollback candidate was found to run the rollback.";

    private final ServiceState service;
    private final Ids ids;
    private final Timings timings;

    Rollout(ServiceState service, Ids ids, Timings timings) {
        this.service = service;
        this.ids = ids;
        this.timings = timings;
    }

    Deployment deploy(String number, TaskPlan plan, Instant now) {
        service.inFlight().ifPresent(old -> old.request(ServiceDeploymentStatus.STOP_REQUESTED, SUPERSEDED, now));
        Optional<Deployment> before = service.deployments.stream().findFirst();
        Optional<Deployment> source =
                service.rules.strategy().staged() ? service.lastCompleted.or(() -> before) : before;
        Deployment deployment = new Deployment(number, plan, now);
        service.deployments.add(0, deployment);
        service.history.add(
                new ServiceDeployment(ids.number(), deployment, source, service.rules, service.trafficIsAway()));
        service.steady = false;
        return deployment;
    }

    /** Fails the deployment when too many tasks have failed, or an alarm rings. */
    void guard(Facts facts) {
        Deployment primary = service.primary();
        if (!primary.inProgress()) {
            return;
        }
        if (service.rules.breaker().enabled() && primary.failedTasks() >= service.rules.breakerThreshold()) {
            service.inFlight().ifPresent(ServiceDeployment::trigger);
            fail(Failure.breaker(service.rules), facts.now());
        } else {
            ringing(primary, facts).ifPresent(alarm -> {
                service.inFlight().ifPresent(current -> current.alarmed(alarm));
                fail(Failure.alarm(service.rules), facts.now());
            });
        }
    }

    private Optional<String> ringing(Deployment primary, Facts facts) {
        if (!service.rules.alarms().enabled()) {
            return Optional.empty();
        }
        Optional<String> alarm =
                service.rules.alarms().names().stream().filter(facts::alarming).findFirst();
        return primary.watchesAlarms(alarm.isPresent()) ? alarm : Optional.empty();
    }

    void fail(Failure failure, Instant now) {
        Deployment primary = service.primary();
        primary.enter(RolloutState.FAILED, failure.reason(), now);
        service.events.failed(primary, failure.event(), now);
        service.inFlight().ifPresent(current -> fail(current, failure, now));
    }

    private void fail(ServiceDeployment current, Failure failure, Instant now) {
        if (current.status() == ServiceDeploymentStatus.ROLLBACK_IN_PROGRESS) {
            current.end(ServiceDeploymentStatus.ROLLBACK_FAILED, failure.statusReason(), now);
        } else if (failure.rollback()) {
            rollBack(current, failure.statusReason(), failure.rollingBack(), now);
        } else {
            current.end(ServiceDeploymentStatus.STOPPED, failure.statusReason(), now);
        }
    }

    /** Takes note that the deployment in flight is to end because somebody said so. */
    static void request(ServiceDeployment current, boolean rollback, Instant now) {
        current.request(
                rollback ? ServiceDeploymentStatus.ROLLBACK_REQUESTED : ServiceDeploymentStatus.STOP_REQUESTED,
                "Service deployment %s by StopServiceDeployment.".formatted(rollback ? "rolled back" : "aborted"),
                now);
    }

    /** Does what was asked for since the last decision. */
    void fulfil(Instant now) {
        for (ServiceDeployment each : service.history) {
            switch (each.status()) {
                case PENDING -> each.begin(now);
                case STOP_REQUESTED -> stop(each, now);
                case ROLLBACK_REQUESTED -> {
                    service.primary().enter(RolloutState.FAILED, each.reason(), now);
                    rollBack(each, each.reason(), Failure.STOPPED_BY_HAND, now);
                }
                default -> {}
            }
        }
    }

    private void stop(ServiceDeployment stopped, Instant now) {
        if (service.inFlight().equals(Optional.of(stopped))) {
            service.primary().enter(RolloutState.FAILED, stopped.reason(), now);
        }
        stopped.end(ServiceDeploymentStatus.STOPPED, stopped.reason(), now);
    }

    private void rollBack(ServiceDeployment current, String why, String rolloutReason, Instant now) {
        if (service.lastCompleted.isEmpty()) {
            current.end(ServiceDeploymentStatus.ROLLBACK_FAILED, NO_CANDIDATE, now);
            return;
        }
        Deployment to = service.lastCompleted.get();
        service.deployments.remove(to);
        service.deployments.add(0, to);
        to.restart(rolloutReason.formatted(to.id()), now);
        service.events.rollingBack(to, now);
        service.steady = false;
        current.rollBack(to, why, now);
    }

    /** Takes note that the service is as it should be. */
    void settle(Instant now) {
        Deployment primary = service.primary();
        if (primary.inProgress()) {
            if (!primary.baked(bake(), now)) {
                return;
            }
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

    /** What is rolled back to was watched before, and a strategy that shifts traffic has a stage for it. */
    private Duration bake() {
        boolean forward = service.inFlight()
                .filter(current -> current.status().forward())
                .filter(current -> current.progress().isEmpty())
                .isPresent();
        return forward ? timings.scale(service.rules.watched()) : Duration.ZERO;
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
