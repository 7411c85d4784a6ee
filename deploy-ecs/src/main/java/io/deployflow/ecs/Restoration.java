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

    /** Takes back the rollout of a release. */
    RolloutResult run(EcsRelease release, Optional<Rollout.Begun> begun, DeployContext context) {
        Service service = ecs.service();
        Optional<Rollout.Begun> own =
                begun.filter(rollout -> rollout.attempt().taskDefinition().equals(release.arn()));
        boolean isSet = runs(service, release);
        if (!isSet && own.isEmpty() && ServiceView.inFlight(service).isEmpty()) {
            return RolloutResult.succeeded(units(UnitResult.State.UNCHANGED));
        }
        marks.mark(release.arn(), Release.State.FAILED, context);
        if (isSet) {
            Optional<String> previous = previous(service, release, own, context);
            if (previous.isEmpty()) {
                return failed(
                        "nothing is known to have served before " + release.id(),
                        "Set a task definition that works with UpdateService.");
            }
            goBack(service, release, previous.get(), own, context);
        }
        return await(release, own, context);
    }

    private static boolean runs(Service service, EcsRelease release) {
        return ServiceView.primary(service)
                .map(Deployment::taskDefinition)
                .orElse(service.taskDefinition())
                .equals(release.arn());
    }

    private Optional<String> previous(
            Service service, EcsRelease release, Optional<Rollout.Begun> own, DeployContext context) {
        return own.map(Rollout.Begun::previous)
                .or(() -> ServiceView.older(service).map(Deployment::taskDefinition))
                .filter(arn -> !arn.equals(release.arn()))
                .or(() -> history.read(context).stream()
                        .filter(other -> other.state() == Release.State.GOOD)
                        .map(EcsRelease::arn)
                        .filter(arn -> !arn.equals(release.arn()))
                        .findFirst());
    }

    /** ECS's own way back keeps its records right; it is there only while the deployment goes on. */
    private void goBack(
            Service service, EcsRelease release, String previous, Optional<Rollout.Begun> own, DeployContext context) {
        boolean byEcs = ServiceView.inFlight(service).isPresent()
                && records.find(
                                release.arn(),
                                own.flatMap(rollout -> rollout.attempt().earlierRecord()))
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

    private RolloutResult await(EcsRelease release, Optional<Rollout.Begun> own, DeployContext context) {
        return pace.ask(settings.timeout(), context.cancellation(), () -> look(release, own, context))
                .orElseGet(() -> failed(
                        "service " + settings.service() + " was not steady again after "
                                + settings.timeout().toSeconds() + " s",
                        "Look at the service's events; 'deployflow status' says what runs."));
    }

    private Optional<RolloutResult> look(EcsRelease release, Optional<Rollout.Begun> own, DeployContext context) {
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
        if (own.isPresent() && !primary.taskDefinition().equals(own.get().previous())) {
            return Optional.of(failed(
                    "deployment " + primary.id() + " of " + now + " has taken over, and was left alone",
                    "See 'deployflow status' for what serves."));
        }
        if (primary.rolloutState() == DeploymentRolloutState.FAILED) {
            return Optional.of(failed(
                    "going back to " + now + " failed as well: " + primary.rolloutStateReason(),
                    "Look at the tasks' stopped reasons; another release can be set with 'deployflow rollback --to'."));
        }
        return ServiceView.isDone(primary)
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
