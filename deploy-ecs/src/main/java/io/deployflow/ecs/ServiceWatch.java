package io.deployflow.ecs;

import io.deployflow.spi.DeployContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.Task;

/** What is seen of the rollout to one service, look by look, until it is decided. */
final class ServiceWatch {
    private static final Duration TASKS_AT_LEAST_EVERY = Duration.ofSeconds(3);
    private static final RolloutVerdict NOT_SEEN = new RolloutVerdict(RolloutVerdict.Outcome.RUNNING, "");

    private final Attempt attempt;
    private final EcsGateway ecs;
    private final TargetHealth health;
    private final DeployContext context;
    private final TaskProgress progress;
    private final Instant begun;
    private Optional<String> record = Optional.empty();
    private List<Task> tasks = List.of();
    private String fingerprint = "";
    private Instant tasksAt = Instant.EPOCH;
    private boolean shown;
    private RolloutVerdict verdict = NOT_SEEN;
    private @Nullable Observation last;

    ServiceWatch(Attempt attempt, EcsGateway ecs, TargetHealth health, TaskNames names, DeployContext context) {
        this.attempt = attempt;
        this.ecs = ecs;
        this.health = health;
        this.context = context;
        this.progress = new TaskProgress(attempt, names, context);
        this.begun = context.clock().instant();
    }

    /** Which rollout. */
    Attempt attempt() {
        return attempt;
    }

    /** ARN of ECS's own record of it, once that was seen. */
    Optional<String> record() {
        return record;
    }

    /** Whether it is not decided. */
    boolean goesOn() {
        return verdict.isRunning();
    }

    /** Whether it was decided against. */
    boolean hasFailed() {
        return !goesOn() && verdict.outcome() != RolloutVerdict.Outcome.SUCCEEDED;
    }

    /** Takes in what ECS says now. */
    void look(Service service, Optional<ServiceDeployment> seen) {
        record = seen.map(ServiceDeployment::serviceDeploymentArn).or(() -> record);
        lookAtTasks(service);
        ServiceView.deployment(service, attempt.deployment()).ifPresent(this::showCounters);
        Observation now = new Observation(service, seen, tasks);
        last = now;
        if (isShown(now)) {
            verdict = RolloutVerdict.of(attempt, now);
        }
        if (!verdict.isRunning()) {
            lookAtTasksNow(service);
            last = new Observation(service, seen, tasks);
        }
    }

    /** How it stands. */
    Watched result() {
        Observation seen =
                last == null ? new Observation(ecs.service(attempt.service()), Optional.empty(), tasks) : last;
        return new Watched(attempt, verdict, seen, progress.complaint());
    }

    /** Whether the answers are of a time after the rollout was begun; one that is gone was there before. */
    private boolean isShown(Observation seen) {
        shown = shown
                || seen.record().isPresent()
                || ServiceView.deployment(seen.service(), attempt.deployment()).isPresent()
                || context.clock().instant().isAfter(begun.plus(ServiceWatcher.SHOWN_WITHIN));
        return shown;
    }

    /** Tasks cost a few calls: they are asked for when a counter has moved, and now and then. */
    private void lookAtTasks(Service service) {
        String current = ServiceView.fingerprint(service);
        Instant now = context.clock().instant();
        if (!current.equals(fingerprint) || now.isAfter(tasksAt.plus(TASKS_AT_LEAST_EVERY))) {
            fingerprint = current;
            tasksAt = now;
            lookAtTasksNow(service);
        }
    }

    private void lookAtTasksNow(Service service) {
        tasks = ecs.tasks(attempt.service());
        progress.show(tasks, health.read(service, context));
    }

    private void showCounters(Deployment deployment) {
        context.progress(
                attempt.service(),
                "tasks of " + attempt.release(),
                ServiceView.count(deployment.runningCount()),
                ServiceView.count(deployment.desiredCount()));
    }
}
