package io.deployflow.ecs;

import io.deployflow.DeployException;
import io.deployflow.NotRestoredException;
import io.deployflow.Release;
import io.deployflow.UnitResult;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.Poller;
import io.deployflow.spi.RolloutResult;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;

/** Takes a rollout back, unless ECS does so by itself, and waits until what was live before is steady again. */
final class Restoration {
    private final EcsSettings settings;
    private final EcsGateway ecs;
    private final ServiceDeployments records;
    private final ReleaseHistory history;
    private final ReleaseMarks marks;
    private final Poller pace;

    Restoration(
            EcsSettings settings,
            EcsGateway ecs,
            ServiceDeployments records,
            ReleaseHistory history,
            ReleaseMarks marks,
            Poller pace) {
        this.settings = settings;
        this.ecs = ecs;
        this.records = records;
        this.history = history;
        this.marks = marks;
        this.pace = pace;
    }

    /** Takes back the rollout of a release; one that was never begun has changed nothing. */
    RolloutResult run(EcsRelease release, Optional<Rollout.Begun> begun, DeployContext context) {
        Patience patience = new Patience(context);
        Optional<Rollout.Begun> own =
                begun.filter(rollout -> rollout.taskDefinition().equals(release.arn()));
        if (own.isEmpty()) {
            return patience.insist(pace, () -> RolloutResult.succeeded(units(UnitResult.State.UNCHANGED)));
        }
        Optional<String> back = patience.insist(pace, () -> takeBack(release, own.get(), context));
        return back.map(previous -> await(release, previous, patience, context))
                .orElseGet(() -> failed(
                        "nothing is known to have served before " + release.id(),
                        "Set a task definition that works with UpdateService."));
    }

    /**
     * Has the service go back, unless it does already. May be done twice: ECS begins no deployment of what it deploys.
     *
     * @return what it goes back to, if that is known
     */
    private Optional<String> takeBack(EcsRelease release, Rollout.Begun own, DeployContext context) {
        Service service = shown(own, context);
        marks.mark(release.arn(), Release.State.FAILED, context);
        Optional<String> previous = previous(release, own, context);
        previous.filter(arn -> runs(service, release)).ifPresent(arn -> goBack(service, release, arn, own, context));
        return previous;
    }

    /** The service as it is since the rollout was begun: what it was before would look as if it had gone back. */
    private Service shown(Rollout.Begun own, DeployContext context) {
        return pace.ask(
                        ServiceWatcher.SHOWN_WITHIN,
                        context.cancellation(),
                        () -> Optional.of(ecs.service()).filter(own::isShown))
                .orElseGet(ecs::service);
    }

    private static boolean runs(Service service, EcsRelease release) {
        return ServiceView.primary(service)
                .map(Deployment::taskDefinition)
                .orElse(service.taskDefinition())
                .equals(release.arn());
    }

    private Optional<String> previous(EcsRelease release, Rollout.Begun own, DeployContext context) {
        return Optional.of(own.previous())
                .filter(arn -> !arn.equals(release.arn()))
                .or(() -> history.read(context).stream()
                        .filter(other -> other.state() == Release.State.GOOD)
                        .map(EcsRelease::arn)
                        .filter(arn -> !arn.equals(release.arn()))
                        .findFirst());
    }

    /** ECS's own way back keeps its records right; it is there only while the deployment goes on. */
    private void goBack(
            Service service, EcsRelease release, String previous, Rollout.Begun own, DeployContext context) {
        boolean byEcs = ServiceView.inFlight(service).isPresent()
                && records.find(release.arn(), own.earlierRecord())
                        .map(ServiceDeployment::serviceDeploymentArn)
                        .filter(records::rollBack)
                        .isPresent();
        if (byEcs) {
            context.output(settings.service(), "ecs:StopServiceDeployment stopType=ROLLBACK");
        } else {
            var request = ServiceUpdates.to(settings, previous);
            context.output(settings.service(), ServiceUpdates.text("ecs:UpdateService", request));
            ecs.update(request);
        }
    }

    private RolloutResult await(EcsRelease release, String previous, Patience patience, DeployContext context) {
        return pace.ask(
                        settings.timeout(),
                        context.cancellation(),
                        () -> patience.ask(() -> look(release, previous, context)))
                .orElseGet(() -> failed(
                        "service " + settings.service() + " was not steady again after "
                                + settings.timeout().toSeconds() + " s",
                        "Look at the service's events; 'deployflow status' says what runs."));
    }

    private Optional<RolloutResult> look(EcsRelease release, String previous, DeployContext context) {
        Service service = ecs.service();
        Deployment primary = ServiceView.primary(service).orElse(null);
        if (primary == null || primary.taskDefinition().equals(release.arn())) {
            return Optional.empty();
        }
        String now = TaskDefinitions.id(primary.taskDefinition());
        context.progress(
                settings.service(),
                "tasks of " + now,
                ServiceView.count(primary.runningCount()),
                ServiceView.count(primary.desiredCount()));
        if (!primary.taskDefinition().equals(previous)) {
            return Optional.of(failed(
                    "deployment " + primary.id() + " of " + now + " has taken over, and was left alone",
                    "See 'deployflow status' for what serves."));
        }
        if (primary.rolloutState() == DeploymentRolloutState.FAILED) {
            return Optional.of(failed(
                    "going back to " + now + " failed as well: " + primary.rolloutStateReason(),
                    "Look at the tasks' stopped reasons; another release can be set with 'deployflow rollback --to'."));
        }
        return ServiceView.isDone(service, primary)
                ? Optional.of(RolloutResult.succeeded(units(UnitResult.State.RESTORED)))
                : Optional.empty();
    }

    private List<UnitResult> units(UnitResult.State state) {
        return ecs.tasks(DesiredStatus.RUNNING).stream()
                .filter(TaskView::serves)
                .map(task -> TaskView.result(task, state))
                .toList();
    }

    private RolloutResult failed(String what, String remedy) {
        DeployException failure = new NotRestoredException(what, remedy);
        return RolloutResult.failed(units(UnitResult.State.UNKNOWN), failure);
    }
}
