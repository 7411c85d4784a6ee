package io.deployflow.ecs;

import io.deployflow.DeployException;
import io.deployflow.RolloutException;
import io.deployflow.TargetLockedException;
import io.deployflow.UnitResult;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.RolloutResult;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/** Makes a release live with one call, and watches until it is decided. */
final class Rollout {
    private final EcsSettings settings;
    private final EcsGateway ecs;
    private final ServiceDeployments records;
    private final InFlightGuard guard;
    private final ServiceWatcher watcher;
    private final FailureReports reports;
    private final ReleaseMarks marks;
    private final LostUpdateGuard lostUpdates;
    private volatile @Nullable Begun begun;

    Rollout(
            EcsSettings settings,
            EcsGateway ecs,
            ServiceDeployments records,
            InFlightGuard guard,
            ServiceWatcher watcher,
            FailureReports reports,
            ReleaseMarks marks) {
        this.settings = settings;
        this.ecs = ecs;
        this.records = records;
        this.guard = guard;
        this.watcher = watcher;
        this.reports = reports;
        this.marks = marks;
        this.lostUpdates = new LostUpdateGuard(settings, ecs);
    }

    /**
     * A rollout that was begun: ECS was asked for it, whether its answer was heard or not.
     *
     * @param taskDefinition ARN of what it rolls out
     * @param previous ARN of the task definition that served before
     * @param earlierRecord ARN of the newest service deployment before
     * @param deployment id of its deployment, if the answer was heard
     * @param isWatched whether it was watched to its end, so that ECS surely describes the service as it is since
     */
    record Begun(
            String taskDefinition,
            String previous,
            Optional<String> earlierRecord,
            Optional<String> deployment,
            boolean isWatched) {

        Begun as(String id) {
            return new Begun(taskDefinition, previous, earlierRecord, Optional.of(id), isWatched);
        }

        Begun watched() {
            return new Begun(taskDefinition, previous, earlierRecord, deployment, true);
        }

        /** Whether a description of the service is of a time after it was begun. */
        boolean isShown(Service service) {
            return isWatched
                    || deployment
                            .map(id -> ServiceView.deployment(service, id).isPresent())
                            .orElseGet(() -> service.deployments().stream()
                                    .anyMatch(there -> taskDefinition.equals(there.taskDefinition())));
        }
    }

    /** The rollout that this object began last; empty where nothing was changed, so that nothing is to take back. */
    Optional<Begun> begun() {
        return Optional.ofNullable(begun);
    }

    /** Rolls out. */
    RolloutResult run(EcsRelease release, DeployContext context) {
        begun = null;
        Service before = ecs.service();
        Optional<Deployment> live = ServiceView.primary(before)
                .filter(primary -> ServiceView.isDone(before, primary))
                .filter(primary -> before.taskDefinition().equals(release.arn()));
        if (live.isPresent()) {
            return unchanged(release, live.get());
        }
        try {
            guard.clear(before, context);
        } catch (TargetLockedException e) {
            return RolloutResult.failed(List.of(), e);
        }
        Attempt attempt = begin(release, context);
        return ServiceView.isAsleep(before) ? RolloutResult.succeeded(List.of()) : watch(attempt, context);
    }

    /** It is live already; ECS calls a deployment completed also after its tasks have begun to stop again. */
    private RolloutResult unchanged(EcsRelease release, Deployment live) {
        List<UnitResult> units = results(ecs.tasks(DesiredStatus.RUNNING), "", UnitResult.State.UNCHANGED);
        int running = ServiceView.count(live.runningCount());
        int desired = ServiceView.count(live.desiredCount());
        return running >= desired
                ? RolloutResult.succeeded(units)
                : RolloutResult.failed(
                        units,
                        new RolloutException(
                                "service " + settings.service() + " has " + release.id() + " already, but only "
                                        + running + " of " + desired + " tasks run; nothing was changed",
                                "Look at the service's events and at why its tasks stopped."));
    }

    private Attempt begin(EcsRelease release, DeployContext context) {
        Service before = ecs.service();
        lostUpdates.check(release, before);
        Optional<String> serving = ServiceView.serving(before);
        serving.ifPresent(arn -> marks.servedBefore(arn, context));
        Optional<String> earlierRecord = records.newest();
        context.cancellation().throwIfCancelled();
        UpdateServiceRequest request = before.taskDefinition().equals(release.arn())
                ? ServiceUpdates.again(settings, release.arn())
                : ServiceUpdates.to(settings, release.arn());
        context.output(settings.service(), ServiceUpdates.text("ecs:UpdateService", request));
        Begun now = new Begun(
                release.arn(), serving.orElse(before.taskDefinition()), earlierRecord, Optional.empty(), false);
        Service after = send(request, now);
        Deployment ours = ServiceView.primary(after)
                .orElseThrow(() -> new RolloutException(
                        "ECS took the update of service " + settings.service() + " but shows no deployment",
                        "Look at the service in the console."));
        begun = now.as(ours.id());
        return new Attempt(
                settings.service(),
                release.arn(),
                ours.id(),
                Optional.ofNullable(ours.createdAt()),
                ServiceView.ids(before),
                earlierRecord);
    }

    /** Where the answer is lost, the service may have been updated: it counts as begun unless ECS says no. */
    private Service send(UpdateServiceRequest request, Begun now) {
        begun = now;
        try {
            return ecs.update(request);
        } catch (DeployException e) {
            if (!AwsErrors.isPassing(e)) {
                begun = null;
            }
            throw e;
        }
    }

    private RolloutResult watch(Attempt attempt, DeployContext context) {
        ServiceWatcher.Watched watched = watcher.watch(attempt, settings.timeout(), context);
        begun = begun().map(Begun::watched).orElse(null);
        List<Task> tasks = watched.last().tasks();
        if (watched.verdict().outcome() == RolloutVerdict.Outcome.SUCCEEDED) {
            return RolloutResult.succeeded(results(tasks, attempt.deployment(), UnitResult.State.SWITCHED));
        }
        DeployException failure = reports.failure(attempt, watched, context);
        return RolloutResult.failed(failedUnits(tasks, attempt), failure);
    }

    private static List<UnitResult> results(List<Task> tasks, String deployment, UnitResult.State state) {
        return tasks.stream()
                .filter(task -> deployment.isEmpty() || deployment.equals(task.startedBy()))
                .filter(TaskView::serves)
                .map(task -> TaskView.result(task, state))
                .toList();
    }

    private static List<UnitResult> failedUnits(List<Task> tasks, Attempt attempt) {
        Set<String> stopped = Set.of("stopped", "draining");
        return tasks.stream()
                .filter(task ->
                        attempt.deployment().equals(task.startedBy()) || !stopped.contains(TaskView.state(task)))
                .map(task -> TaskView.result(
                        task,
                        attempt.deployment().equals(task.startedBy())
                                ? UnitResult.State.FAILED
                                : UnitResult.State.UNCHANGED))
                .toList();
    }
}
