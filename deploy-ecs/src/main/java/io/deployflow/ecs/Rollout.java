package io.deployflow.ecs;

import io.deployflow.DeployCancelledException;
import io.deployflow.DeployException;
import io.deployflow.RolloutException;
import io.deployflow.TargetLockedException;
import io.deployflow.UnitResult;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.RolloutResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;

/** Makes a release live with one call to each service, and watches until it is decided. */
final class Rollout {
    private static final Set<String> GOING = Set.of("stopped", "draining");

    private final EcsSettings settings;
    private final EcsGateway ecs;
    private final InFlightGuard guard;
    private final RolloutStart start;
    private final ServiceWatcher watcher;
    private final FailureReports reports;
    private final Deregistration deregistration;
    private final TaskNames names;
    private volatile boolean left;

    Rollout(
            EcsSettings settings,
            EcsGateway ecs,
            InFlightGuard guard,
            RolloutStart start,
            ServiceWatcher watcher,
            FailureReports reports,
            Deregistration deregistration) {
        this.settings = settings;
        this.ecs = ecs;
        this.guard = guard;
        this.start = start;
        this.watcher = watcher;
        this.reports = reports;
        this.deregistration = deregistration;
        this.names = new TaskNames(settings.isSeveral());
    }

    /** What this object began last, in order; nothing where nothing was changed, so that nothing is to take back. */
    List<Begun> begun() {
        return start.begun();
    }

    /** Whether the last rollout was cancelled when it was under way, and is to go on by itself. */
    boolean isLeft() {
        return left;
    }

    /** Rolls out to every service that does not have the release yet. */
    RolloutResult run(EcsRelease release, DeployContext context) {
        left = false;
        try {
            return tryRun(release, context);
        } catch (DeployCancelledException e) {
            left = settings.onCancel() == EcsSettings.OnCancel.LEAVE && !begun().isEmpty();
            throw e;
        }
    }

    private RolloutResult tryRun(EcsRelease release, DeployContext context) {
        start.forget();
        requireWhole(release);
        try {
            return run(release, cleared(release, context), context);
        } catch (TargetLockedException e) {
            return RolloutResult.failed(List.of(), e);
        }
    }

    /** The services once nothing is in flight in the way; what was waited for may have been this very release. */
    private Map<String, Service> cleared(EcsRelease release, DeployContext context) {
        Map<String, Service> services = ecs.services();
        boolean waited = false;
        for (EcsRelease.Part part : release.parts()) {
            Service service = service(services, part);
            waited |= !isLive(part, service) && guard.clear(part.service(), service, context);
        }
        return waited ? ecs.services() : services;
    }

    private RolloutResult run(EcsRelease release, Map<String, Service> services, DeployContext context) {
        List<EcsRelease.Part> changed = release.parts().stream()
                .filter(part -> !isLive(part, service(services, part)))
                .toList();
        List<UnitResult> unchanged = new ArrayList<>();
        for (EcsRelease.Part part : release.parts()) {
            if (!changed.contains(part)) {
                Optional<DeployException> failure = lacking(part, service(services, part));
                unchanged.addAll(unchanged(part));
                if (failure.isPresent()) {
                    return RolloutResult.failed(unchanged, failure.get());
                }
            }
        }
        return changed.isEmpty()
                ? RolloutResult.succeeded(unchanged)
                : run(changed, services, unchanged, deregistration.ahead(release), context);
    }

    private RolloutResult run(
            List<EcsRelease.Part> changed,
            Map<String, Service> before,
            List<UnitResult> unchanged,
            ReadAhead ahead,
            DeployContext context) {
        List<Attempt> attempts = start.run(changed, before, context);
        return watch(
                attempts.stream()
                        .filter(attempt -> !ServiceView.isAsleep(Objects.requireNonNull(before.get(attempt.service()))))
                        .toList(),
                unchanged,
                ahead,
                context);
    }

    private void requireWhole(EcsRelease release) {
        settings.members().stream()
                .map(EcsSettings.Member::service)
                .filter(service -> release.part(service).isEmpty())
                .findFirst()
                .ifPresent(service -> {
                    throw new RolloutException(
                            "release " + release.id() + " has nothing for service " + service
                                    + ", as that was not deployed together with it; nothing was changed",
                            "Go to a later release, or deploy the revision anew.");
                });
    }

    private static Service service(Map<String, Service> services, EcsRelease.Part part) {
        return Objects.requireNonNull(services.get(part.service()));
    }

    private static boolean isLive(EcsRelease.Part part, Service service) {
        return service.taskDefinition().equals(part.arn())
                && ServiceView.primary(service)
                        .filter(primary -> ServiceView.isDone(service, primary))
                        .isPresent();
    }

    /** ECS calls a deployment completed also after its tasks have begun to stop again. */
    private static Optional<DeployException> lacking(EcsRelease.Part part, Service service) {
        return ServiceView.primary(service)
                .filter(live -> ServiceView.count(live.runningCount()) < ServiceView.count(live.desiredCount()))
                .map(live -> new RolloutException(
                        "service " + part.service() + " has " + part.id() + " already, but only "
                                + ServiceView.count(live.runningCount()) + " of "
                                + ServiceView.count(live.desiredCount()) + " tasks run; nothing was changed",
                        "Look at the service's events and at why its tasks stopped."));
    }

    private List<UnitResult> unchanged(EcsRelease.Part part) {
        return ecs.tasks().of(part.service(), DesiredStatus.RUNNING).stream()
                .filter(TaskView::serves)
                .map(task -> names.result(task, UnitResult.State.UNCHANGED))
                .toList();
    }

    private RolloutResult watch(
            List<Attempt> attempts, List<UnitResult> unchanged, ReadAhead ahead, DeployContext context) {
        List<Watched> watched = watcher.watch(attempts, settings.timeout(), ahead, context);
        start.watched();
        boolean succeeded =
                watched.stream().allMatch(one -> one.verdict().outcome() == RolloutVerdict.Outcome.SUCCEEDED);
        List<UnitResult> units = new ArrayList<>(unchanged);
        watched.forEach(one -> units.addAll(succeeded ? switched(one) : failed(one)));
        return succeeded
                ? RolloutResult.succeeded(units)
                : RolloutResult.failed(units, reports.failure(watched, context));
    }

    private List<UnitResult> switched(Watched watched) {
        return watched.last().tasks().stream()
                .filter(task -> isOf(watched.attempt(), task) && TaskView.serves(task))
                .map(task -> names.result(task, UnitResult.State.SWITCHED))
                .toList();
    }

    private List<UnitResult> failed(Watched watched) {
        Attempt attempt = watched.attempt();
        return watched.last().tasks().stream()
                .filter(task -> isOf(attempt, task) || !GOING.contains(TaskView.state(task)))
                .map(task ->
                        names.result(task, isOf(attempt, task) ? UnitResult.State.FAILED : UnitResult.State.UNCHANGED))
                .toList();
    }

    private static boolean isOf(Attempt attempt, Task task) {
        return attempt.deployment().equals(task.startedBy());
    }
}
