package io.deployflow.ecs;

import io.deployflow.PastRollout;
import io.deployflow.Plan;
import io.deployflow.Release;
import io.deployflow.Revision;
import io.deployflow.Status;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.RolloutResult;
import io.deployflow.spi.RolloutStrategy;
import io.deployflow.spi.TargetChecks;
import io.deployflow.spi.TargetLock;
import io.deployflow.spi.TargetOperations;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Rolls out through ECS services; each verb is an object of its own. */
final class EcsRollout implements RolloutStrategy<EcsRelease> {
    private final EcsGateway ecs;
    private final ImageRegistry registry;
    private final Preflight preflight;
    private final PlanMaker plans;
    private final Rollout rollout;
    private final Restoration restoration;
    private final StatusReader status;
    private final ReleaseHistory history;
    private final ReleaseMarks marks;
    private final EcsChecks checks;
    private final String leading;
    private final BeforeRollout before;
    private final Deregistration deregistration;
    private final EcsOperations operations;
    private final ForecastReader forecasts;
    private final PastRollouts past;

    EcsRollout(
            EcsSettings settings,
            AwsClients clients,
            EcsGateway ecs,
            ImageRegistry registry,
            ImagePlan images,
            Pace pace) {
        this.ecs = ecs;
        this.leading = settings.members().get(0).service();
        this.registry = registry;
        ServiceDeployments records = new ServiceDeployments(clients, settings);
        TaskNames names = new TaskNames(settings.isSeveral());
        InFlightGuard guard = new InFlightGuard(settings, ecs, pace);
        this.marks = new ReleaseMarks(ecs);
        this.history = new ReleaseHistory(settings, ecs);
        this.preflight = new Preflight(settings, ecs, registry, guard);
        this.plans = new PlanMaker(settings, images);
        this.deregistration = new Deregistration(settings, ecs);
        this.rollout = new Rollout(
                settings,
                ecs,
                guard,
                new RolloutStart(settings, ecs, marks),
                new ServiceWatcher(ecs, records, new TargetHealth(clients), names, pace),
                new FailureReports(settings, ecs, new ContainerLogs(clients)),
                deregistration);
        this.restoration = new Restoration(settings, ecs, records, history, marks, pace);
        LeftTasks left = new LeftTasks(settings, ecs, pace);
        this.status = new StatusReader(ecs, history, names, left, records);
        this.checks = new EcsChecks(settings, clients, ecs, registry, preflight);
        TaskRunner runner = new TaskRunner(settings, ecs, clients, pace);
        this.before = new BeforeRollout(settings, ecs, runner, left);
        this.operations = new EcsOperations(
                new OneOffRun(settings, ecs, history, runner),
                new Scaling(settings, ecs, new TargetHealth(clients), new Autoscaling(clients, settings), pace),
                new ServiceLogs(settings, ecs, clients, pace),
                new ManualDeregistration(settings, deregistration));
        this.forecasts = new ForecastReader(clients, service -> ecs.tasks().of(service.serviceName()));
        this.past = new PastRollouts(
                clients,
                names,
                service -> ecs.tasks().of(service.serviceName()),
                arn -> history.release(arn, Map.of()));
    }

    /** ECS has no lock to hold: a deployment in flight is what another deploy finds. */
    @Override
    public TargetLock preflight(DeployContext context) {
        preflight.run(context);
        return () -> {};
    }

    @Override
    public Plan plan(Revision revision, DeployContext context) {
        List<LiveService> live = ecs.live();
        return plans.plan(revision, live, registry.repository(), context)
                .predicting(live.stream()
                        .flatMap(each ->
                                forecasts.predict(each.service(), each.live().definition()).stream())
                        .toList());
    }

    @Override
    public RolloutResult rollout(EcsRelease release, DeployContext context) {
        before.run(release, context);
        return rollout.run(release, context);
    }

    @Override
    public RolloutResult rollback(EcsRelease release, DeployContext context) {
        return rollout.isLeft()
                ? restoration.left(release)
                : restoration.run(release, rollout.begun(), context.uncancellable());
    }

    @Override
    public Release.State takenBack(EcsRelease release) {
        boolean isMarked =
                !rollout.isLeft() && !Restoration.own(release, rollout.begun()).isEmpty();
        return isMarked ? Release.State.FAILED : release.state();
    }

    @Override
    public Status current(DeployContext context) {
        return status.read(context);
    }

    /** Of the services' own descriptions: no task is asked for. */
    @Override
    public Optional<Release> live(DeployContext context) {
        Map<String, String> serving = ReleaseHistory.serving(ecs.services());
        return Optional.ofNullable(serving.get(leading))
                .map(arn -> history.release(arn, serving))
                .filter(release -> release.state() == Release.State.LIVE)
                .map(Release.class::cast);
    }

    @Override
    public List<EcsRelease> history(DeployContext context) {
        return history.read(context);
    }

    @Override
    public Stream<EcsRelease> newestFirst(DeployContext context) {
        return history.asRead(context);
    }

    @Override
    public Optional<TargetChecks> checks() {
        return Optional.of(checks);
    }

    @Override
    public List<PastRollout> past(DeployContext context) {
        return ecs.services().values().stream()
                .flatMap(service -> past.of(service, context.clock().instant()).stream())
                .toList();
    }

    /** Marks the release beside the rest: somebody waits for the command's end. */
    @Override
    public void cleanup(EcsRelease release, DeployContext context) {
        List<String> arns = release.parts().stream().map(EcsRelease.Part::arn).toList();
        CompletableFuture<Void> marked =
                CompletableFuture.runAsync(() -> marks.mark(arns, Release.State.GOOD, context), context.executor());
        try {
            deregister(release, context);
        } finally {
            ReleaseHistory.await(marked);
        }
    }

    private void deregister(EcsRelease release, DeployContext context) {
        List<String> gone = deregistration.run(context);
        if (!gone.isEmpty()) {
            context.output(release.lead().service(), "deregistered " + String.join(", ", gone));
        }
    }

    @Override
    public Optional<TargetOperations> operations() {
        return Optional.of(operations);
    }
}
