package io.deployflow.ecs;

import io.deployflow.TargetLockedException;
import io.deployflow.spi.DeployContext;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * Deals with a deployment that is in flight already. ECS has no lock: a deployment in flight is what stands for one.
 * One that deployflow began is waited for, as its tool may have been killed; what its tasks say decides how long.
 */
final class InFlightGuard {
    private final EcsSettings settings;
    private final EcsGateway ecs;
    private final Pace pace;

    InFlightGuard(EcsSettings settings, EcsGateway ecs, Pace pace) {
        this.settings = settings;
        this.ecs = ecs;
        this.pace = pace;
    }

    /**
     * Returns when a service may be deployed to; says whether it had to wait, so that the service is another by now.
     *
     * @param name its name in the settings
     * @throws TargetLockedException if a deployment is in flight that is not to be touched, or that does not end
     */
    boolean clear(String name, Service service, DeployContext context) {
        Optional<Deployment> inFlight = ServiceView.inFlight(service);
        if (inFlight.isEmpty()) {
            return false;
        }
        Deployment deployment = inFlight.get();
        Optional<ReleaseTags> owner =
                ReleaseTags.read(ecs.taskDefinition(deployment.taskDefinition()).tags());
        String whose = describe(deployment, owner);
        if (settings.inFlight() == EcsSettings.InFlight.REPLACE) {
            context.warn("deploys over " + whose);
        } else if (owner.isPresent() || settings.inFlight() == EcsSettings.InFlight.WAIT) {
            await(name, whose, owner.isPresent(), context);
            return true;
        } else {
            throw locked(name, whose + " is in flight");
        }
        return false;
    }

    private void await(String name, String whose, boolean own, DeployContext context) {
        context.output(
                name,
                "waits for " + whose + ", at most " + settings.timeout().toSeconds()
                        + " s; 'in_flight: replace' deploys over it");
        Patience patience = new Patience(context);
        String ended = pace.ask(settings.timeout(), context.cancellation(), () -> patience.ask(() -> ended(name, own)))
                .orElseThrow(() -> locked(
                        name,
                        whose + " has not ended within " + settings.timeout().toSeconds() + " s"));
        context.output(name, ended);
    }

    private Optional<String> ended(String name, boolean own) {
        Service service = ecs.service(name);
        Optional<Deployment> inFlight = ServiceView.inFlight(service);
        if (inFlight.isEmpty()) {
            return Optional.of("it has ended");
        }
        return own && isHopeless(name, service, inFlight.get())
                ? Optional.of("its tasks fail: deploys over it")
                : Optional.empty();
    }

    /**
     * What a killed run left behind may be a release that never gets healthy. ECS's own count of failed tasks does not
     * tell: a task that ran for a moment before it ended sets it to 0 again.
     */
    private boolean isHopeless(String name, Service service, Deployment deployment) {
        List<Task> failed = StopReasons.failed(ecs.tasks().of(name), deployment.id());
        return failed.size() >= StopReasons.enough(ServiceView.count(service.desiredCount()), true, failed);
    }

    private static TargetLockedException locked(String name, String what) {
        return new TargetLockedException(
                "service " + name + " is being deployed to: " + what,
                "Wait until it has ended, or set 'in_flight' to wait or replace.");
    }

    private static String describe(Deployment deployment, Optional<ReleaseTags> owner) {
        return "deployment " + deployment.id() + " of " + TaskDefinitions.id(deployment.taskDefinition()) + ", begun "
                + deployment.createdAt()
                + owner.map(tags -> " by " + tags.by()).orElse(" by somebody without deployflow");
    }
}
