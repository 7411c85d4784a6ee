package io.deployflow.ecs;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentRollbackMonitorsStatus;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * What an observation means for a rollout. Only the rollout's own deployment counts: a service that is stable may be
 * stable because it went back.
 *
 * @param outcome what became of it
 * @param reason what ECS says, in a few words; empty while it goes on
 */
record RolloutVerdict(Outcome outcome, String reason) {

    /** What became of a rollout. */
    enum Outcome {
        /** Goes on. */
        RUNNING,
        /** Every task is of this release and healthy, and the old ones are gone. */
        SUCCEEDED,
        /** It cannot succeed; it is still what the service is to run. */
        FAILED,
        /** It failed, and ECS goes back or has gone back by itself. */
        ROLLED_BACK,
        /** A newer deployment took its place. */
        SUPERSEDED,
        /** Somebody stopped it. */
        STOPPED,
        /** Somebody deleted its service. */
        DELETED,
        /** ECS can do nothing more for it: its settings, or its hosts, let no task be replaced. */
        STALLED,
        /** It still goes on, and the time that it was given is up. */
        TIMED_OUT
    }

    private static final RolloutVerdict RUNNING = new RolloutVerdict(Outcome.RUNNING, "");

    RolloutVerdict {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(reason, "reason");
    }

    /**
     * Judges. ECS's own record decides where there is one, but that it failed and stays is only said of the service.
     */
    static RolloutVerdict of(Attempt attempt, Observation seen) {
        if (ServiceView.isDeleted(seen.service())) {
            return new RolloutVerdict(Outcome.DELETED, "it is " + seen.service().status());
        }
        RolloutVerdict byService = ofService(attempt, seen.service());
        RolloutVerdict verdict =
                seen.record().map(record -> ofRecord(record, byService)).orElse(byService);
        return Stream.of(verdict, ofTasks(attempt, seen), ofEvents(attempt, seen))
                .filter(one -> !one.isRunning())
                .findFirst()
                .orElse(RUNNING);
    }

    boolean isRunning() {
        return outcome == Outcome.RUNNING;
    }

    private static RolloutVerdict ofRecord(ServiceDeployment record, RolloutVerdict byService) {
        return switch (record.status()) {
            case SUCCESSFUL ->
                byService.outcome == Outcome.SUPERSEDED
                        ? byService
                        : new RolloutVerdict(Outcome.SUCCEEDED, "service deployment succeeded");
            case ROLLBACK_REQUESTED, ROLLBACK_IN_PROGRESS, ROLLBACK_SUCCESSFUL, ROLLBACK_FAILED ->
                new RolloutVerdict(Outcome.ROLLED_BACK, rollbackReason(record) + alarms(record));
            case STOPPED, STOP_REQUESTED ->
                byService.outcome == Outcome.SUPERSEDED || isGivenUp(record, byService)
                        ? new RolloutVerdict(byService.outcome, byService.reason + alarms(record))
                        : new RolloutVerdict(Outcome.STOPPED, orElse(record.statusReason(), "it was stopped"));
            default -> byService.outcome == Outcome.FAILED ? byService : RUNNING;
        };
    }

    /** ECS stops by itself what it may not take back, and calls that what it calls a stop by a person. */
    private static boolean isGivenUp(ServiceDeployment record, RolloutVerdict byService) {
        boolean byBreaker = record.deploymentCircuitBreaker() != null
                && record.deploymentCircuitBreaker().status() == ServiceDeploymentRollbackMonitorsStatus.TRIGGERED;
        return byService.outcome == Outcome.FAILED
                && (byBreaker || Stages.triggered(record).isPresent());
    }

    private static String alarms(ServiceDeployment record) {
        return Stages.triggered(record)
                .map(names -> "; alarms went off: " + names)
                .orElse("");
    }

    private static String rollbackReason(ServiceDeployment record) {
        String status = orElse(record.statusReason(), record.statusAsString());
        return record.rollback() == null ? status : orElse(record.rollback().reason(), status);
    }

    private static RolloutVerdict ofService(Attempt attempt, Service service) {
        Optional<Deployment> ours = ServiceView.deployment(service, attempt.deployment());
        Optional<Deployment> primary = ServiceView.primary(service);
        if (ours.isPresent() && ours.get().rolloutState() == DeploymentRolloutState.FAILED) {
            boolean goesBack = !ours.equals(primary)
                    || orElse(ours.get().rolloutStateReason(), "").contains("rolling back");
            return new RolloutVerdict(
                    goesBack ? Outcome.ROLLED_BACK : Outcome.FAILED,
                    orElse(ours.get().rolloutStateReason(), "ECS gave it up"));
        }
        if (ours.isPresent() && ours.equals(primary)) {
            return ServiceView.isDone(service, ours.get())
                    ? new RolloutVerdict(Outcome.SUCCEEDED, orElse(ours.get().rolloutStateReason(), "completed"))
                    : RUNNING;
        }
        return primary.map(other -> replaced(attempt, other)).orElse(RUNNING);
    }

    /** Going back makes an earlier deployment the newest again, or a new one of what was there before. */
    private static RolloutVerdict replaced(Attempt attempt, Deployment other) {
        String reason = orElse(other.rolloutStateReason(), "");
        if (attempt.earlier().contains(other.id()) || reason.contains("rolling back")) {
            return new RolloutVerdict(
                    Outcome.ROLLED_BACK, "ECS went back to " + TaskDefinitions.id(other.taskDefinition()));
        }
        return new RolloutVerdict(
                Outcome.SUPERSEDED,
                "deployment " + other.id() + " of " + TaskDefinitions.id(other.taskDefinition())
                        + " was begun after it");
    }

    /** The same, when it may not go on any longer. */
    RolloutVerdict timedOut() {
        return new RolloutVerdict(Outcome.TIMED_OUT, reason);
    }

    /** ECS repeats this event for ever: neither the floor nor the ceiling moves by itself. */
    private static RolloutVerdict ofEvents(Attempt attempt, Observation seen) {
        return ServiceEvents.newest(seen.service(), attempt, "unable to stop or start tasks during a deployment")
                .map(message -> new RolloutVerdict(Outcome.STALLED, message))
                .orElse(RUNNING);
    }

    /** Does not wait for ECS to give up a release whose tasks stop one after the other. */
    private static RolloutVerdict ofTasks(Attempt attempt, Observation seen) {
        List<Task> failed = StopReasons.failed(seen.tasks(), attempt.deployment());
        int enough = StopReasons.enough(ServiceView.count(seen.service().desiredCount()), seen.proven(), failed);
        return failed.size() < enough
                ? RUNNING
                : new RolloutVerdict(Outcome.FAILED, failed.size() + " of its tasks stopped");
    }

    private static String orElse(String text, String otherwise) {
        return text == null || text.isEmpty() ? otherwise : text;
    }
}
