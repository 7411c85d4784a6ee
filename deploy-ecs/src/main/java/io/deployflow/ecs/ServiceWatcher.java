package io.deployflow.ecs;

import io.deployflow.spi.DeployContext;
import io.deployflow.spi.Poller;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.Task;

/** Watches a rollout until it is decided. */
final class ServiceWatcher {
    /** How often AWS is asked: a person waits for the first half minute, a machine after it. */
    static final Poller PACE = new Poller(Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(30));

    private static final Duration TASKS_AT_LEAST_EVERY = Duration.ofSeconds(3);

    /** ECS may describe a service as it was before the last update, for a moment. */
    static final Duration SHOWN_WITHIN = Duration.ofSeconds(30);

    private final EcsGateway ecs;
    private final ServiceDeployments records;
    private final TargetHealth health;
    private final Poller pace;

    ServiceWatcher(EcsGateway ecs, ServiceDeployments records, TargetHealth health, Poller pace) {
        this.health = health;
        this.ecs = ecs;
        this.records = records;
        this.pace = pace;
    }

    /**
     * How a rollout stands.
     *
     * @param verdict what became of it; it still goes on where the time was up
     * @param last what was seen last
     * @param complaint why a load balancer found one of its tasks unhealthy, if it did
     */
    record Watched(RolloutVerdict verdict, Observation last, Optional<String> complaint) {}

    /**
     * Watches.
     *
     * @throws io.deployflow.DeployCancelledException as soon as it is cancelled
     */
    Watched watch(Attempt attempt, Duration within, DeployContext context) {
        Watch watch = new Watch(attempt, context);
        return pace.ask(within, context.cancellation(), watch::lookPatiently).orElseGet(watch::unfinished);
    }

    private final class Watch {
        private final Attempt attempt;
        private final DeployContext context;
        private final TaskProgress progress;
        private final Patience patience;
        private final Instant begun;
        private Optional<String> recordArn = Optional.empty();
        private List<Task> tasks = List.of();
        private String fingerprint = "";
        private Instant tasksAt = Instant.EPOCH;
        private boolean shown;
        private @Nullable Observation last;

        Watch(Attempt attempt, DeployContext context) {
            this.attempt = attempt;
            this.context = context;
            this.progress = new TaskProgress(attempt, context);
            this.patience = new Patience(context);
            this.begun = context.clock().instant();
        }

        Optional<Watched> lookPatiently() {
            return patience.ask(this::look);
        }

        private Optional<Watched> look() {
            Observation seen = observe();
            last = seen;
            if (!isShown(seen)) {
                return Optional.empty();
            }
            RolloutVerdict verdict = RolloutVerdict.of(attempt, seen);
            if (verdict.isRunning()) {
                return Optional.empty();
            }
            lookAtTasksNow(seen.service());
            Observation end = new Observation(seen.service(), seen.record(), tasks);
            return Optional.of(new Watched(verdict, end, progress.complaint()));
        }

        /** Whether the answers are of a time after the rollout was begun; one that is gone was there before. */
        private boolean isShown(Observation seen) {
            shown = shown
                    || seen.record().isPresent()
                    || ServiceView.deployment(seen.service(), attempt.deployment())
                            .isPresent()
                    || context.clock().instant().isAfter(begun.plus(SHOWN_WITHIN));
            return shown;
        }

        Watched unfinished() {
            Observation seen = last == null ? observe() : last;
            return new Watched(RolloutVerdict.of(attempt, seen), seen, progress.complaint());
        }

        private Observation observe() {
            Service service = ecs.service();
            Optional<ServiceDeployment> record = record();
            lookAtTasks(service);
            ServiceView.deployment(service, attempt.deployment()).ifPresent(this::showCounters);
            return new Observation(service, record, tasks);
        }

        private Optional<ServiceDeployment> record() {
            Optional<ServiceDeployment> record = recordArn.isPresent()
                    ? records.describe(recordArn.get())
                    : records.find(attempt.taskDefinition(), attempt.earlierRecord());
            recordArn = record.map(ServiceDeployment::serviceDeploymentArn).or(() -> recordArn);
            return record;
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
            tasks = ecs.tasks();
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
}
