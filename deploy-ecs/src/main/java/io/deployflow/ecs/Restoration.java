package io.deployflow.ecs;

import io.deployflow.DeployException;
import io.deployflow.NotRestoredException;
import io.deployflow.Release;
import io.deployflow.UnitResult;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.RolloutResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;

/** Takes a rollout back, unless ECS does so by itself, and waits until what was live before is steady again. */
final class Restoration {
    private final EcsSettings settings;
    private final EcsGateway ecs;
    private final ServiceDeployments records;
    private final ReleaseHistory history;
    private final ReleaseMarks marks;
    private final TaskNames names;
    private final Pace pace;

    Restoration(
            EcsSettings settings,
            EcsGateway ecs,
            ServiceDeployments records,
            ReleaseHistory history,
            ReleaseMarks marks,
            Pace pace) {
        this.settings = settings;
        this.ecs = ecs;
        this.records = records;
        this.history = history;
        this.marks = marks;
        this.names = new TaskNames(settings.isSeveral());
        this.pace = pace;
    }

    /** Takes back the rollout of a release, on every service; one that was never begun has changed nothing. */
    RolloutResult run(EcsRelease release, List<Begun> begun, DeployContext context) {
        Patience patience = new Patience(context);
        List<Begun> own = own(release, begun);
        if (own.isEmpty()) {
            return patience.insist(pace, () -> RolloutResult.succeeded(units(UnitResult.State.UNCHANGED)));
        }
        marks.mark(own.stream().map(Begun::taskDefinition).toList(), Release.State.FAILED, context);
        Map<Begun, String> back = new LinkedHashMap<>();
        List<DeployException> failures = new ArrayList<>();
        for (Begun one : own) {
            Service service = patience.insist(pace, () -> shown(one, context));
            if (ServiceView.isDeleted(service)) {
                failures.add(deleted(one, service));
                continue;
            }
            Optional<String> previous = patience.insist(pace, () -> takeBack(one, service, context));
            previous.ifPresentOrElse(arn -> back.put(one, arn), () -> failures.add(nothingBefore(one)));
        }
        failures.addAll(await(back, patience, context));
        return failures.isEmpty()
                ? RolloutResult.succeeded(units(UnitResult.State.RESTORED))
                : RolloutResult.failed(units(UnitResult.State.UNKNOWN), joined(failures));
    }

    /** What was begun of a release: that alone is taken back, and marked as failed. */
    static List<Begun> own(EcsRelease release, List<Begun> begun) {
        return begun.stream()
                .filter(one -> release.part(one.service())
                        .filter(part -> part.arn().equals(one.taskDefinition()))
                        .isPresent())
                .toList();
    }

    /** Nothing is taken back: the person who cancelled wants ECS to go on. */
    RolloutResult left(EcsRelease release) {
        return RolloutResult.failed(
                units(UnitResult.State.UNKNOWN),
                new NotRestoredException(
                        "ECS goes on with the rollout of " + release.id() + ", as 'on_cancel: leave' asks",
                        "'deployflow status' says how it ends; 'deployflow rollback' takes it back."));
    }

    private static DeployException nothingBefore(Begun one) {
        return new NotRestoredException(
                "nothing is known to have served before " + TaskDefinitions.id(one.taskDefinition()) + " on service "
                        + one.service(),
                "Set a task definition that works with UpdateService.");
    }

    private static DeployException deleted(Begun one, Service service) {
        return new NotRestoredException(
                "service " + one.service() + " was deleted, it is " + service.status() + ": nothing can be put back",
                "Create it anew with " + TaskDefinitions.id(one.previous()) + ", which served before.");
    }

    private static DeployException joined(List<DeployException> failures) {
        return failures.size() == 1
                ? failures.get(0)
                : new NotRestoredException(
                        String.join(
                                "\n",
                                failures.stream().map(Throwable::getMessage).toList()),
                        failures.get(0).remedy());
    }

    /**
     * Has a service go back, unless it does already. May be done twice: ECS begins no deployment of what it deploys.
     *
     * @return what it goes back to, if that is known
     */
    private Optional<String> takeBack(Begun own, Service service, DeployContext context) {
        Optional<String> previous = previous(own, context);
        previous.filter(arn -> runs(service, own)).ifPresent(arn -> goBack(service, arn, own, context));
        return previous;
    }

    /** The service as it is since the rollout was begun: what it was before would look as if it had gone back. */
    private Service shown(Begun own, DeployContext context) {
        return pace.ask(
                        ServiceWatcher.SHOWN_WITHIN,
                        context.cancellation(),
                        () -> Optional.of(ecs.service(own.service()))
                                .filter(service -> ServiceView.isDeleted(service) || own.isShown(service)))
                .orElseGet(() -> ecs.service(own.service()));
    }

    private static boolean runs(Service service, Begun own) {
        return ServiceView.primary(service)
                .map(Deployment::taskDefinition)
                .orElse(service.taskDefinition())
                .equals(own.taskDefinition());
    }

    private Optional<String> previous(Begun own, DeployContext context) {
        return Optional.of(own.previous())
                .filter(arn -> !arn.equals(own.taskDefinition()))
                .or(() -> history.read(context).stream()
                        .filter(other -> other.state() == Release.State.GOOD)
                        .flatMap(other -> other.part(own.service()).stream())
                        .map(EcsRelease.Part::arn)
                        .filter(arn -> !arn.equals(own.taskDefinition()))
                        .findFirst());
    }

    /** ECS's own way back keeps its records right; it is there only while the deployment goes on. */
    private void goBack(Service service, String previous, Begun own, DeployContext context) {
        boolean byEcs = ServiceView.inFlight(service).isPresent()
                && records.find(own.service(), own.taskDefinition(), own.earlierRecord())
                        .map(ServiceDeployment::serviceDeploymentArn)
                        .filter(records::rollBack)
                        .isPresent();
        if (byEcs) {
            context.output(own.service(), "ecs:StopServiceDeployment stopType=ROLLBACK");
        } else {
            var request = ServiceUpdates.to(settings, own.service(), previous);
            context.output(own.service(), ServiceUpdates.text("ecs:UpdateService", request));
            ecs.update(request);
        }
    }

    /** Waits for all services that go back, and says which did not get there. */
    private List<DeployException> await(Map<Begun, String> back, Patience patience, DeployContext context) {
        Map<Begun, Optional<DeployException>> ended = new LinkedHashMap<>();
        pace.ask(settings.timeout(), context.cancellation(), () -> patience.ask(() -> look(back, ended, context)));
        return back.keySet().stream()
                .flatMap(one -> ended.getOrDefault(one, Optional.of(unsteady(one))).stream())
                .toList();
    }

    private Optional<Boolean> look(
            Map<Begun, String> back, Map<Begun, Optional<DeployException>> ended, DeployContext context) {
        List<Begun> open =
                back.keySet().stream().filter(one -> !ended.containsKey(one)).toList();
        Map<String, Service> services =
                ecs.services(open.stream().map(Begun::service).toList());
        for (Begun one : open) {
            Service service = Objects.requireNonNull(services.get(one.service()));
            ServiceView.primary(service)
                    .filter(primary -> !primary.taskDefinition().equals(one.taskDefinition()))
                    .flatMap(primary -> end(one, service, primary, Objects.requireNonNull(back.get(one)), context))
                    .ifPresent(end -> ended.put(one, end));
        }
        return Optional.of(ended.size() == back.size()).filter(all -> all);
    }

    /** How one service ended: with a failure, or with none; empty while it goes on. */
    private Optional<Optional<DeployException>> end(
            Begun one, Service service, Deployment primary, String previous, DeployContext context) {
        String now = TaskDefinitions.id(primary.taskDefinition());
        context.progress(
                one.service(),
                "tasks of " + now,
                ServiceView.count(primary.runningCount()),
                ServiceView.count(primary.desiredCount()));
        if (!primary.taskDefinition().equals(previous)) {
            return Optional.of(Optional.of(new NotRestoredException(
                    "deployment " + primary.id() + " of " + now + " has taken over, and was left alone",
                    "See 'deployflow status' for what serves.")));
        }
        if (primary.rolloutState() == DeploymentRolloutState.FAILED) {
            return Optional.of(
                    Optional.of(
                            new NotRestoredException(
                                    "going back to " + now + " failed as well: " + primary.rolloutStateReason(),
                                    "Look at the tasks' stopped reasons; another release can be set with 'deployflow rollback --to'.")));
        }
        return ServiceView.isDone(service, primary) ? Optional.of(Optional.empty()) : Optional.empty();
    }

    private DeployException unsteady(Begun one) {
        return new NotRestoredException(
                "service " + one.service() + " was not steady again after "
                        + settings.timeout().toSeconds() + " s",
                "Look at the service's events; 'deployflow status' says what runs.");
    }

    private List<UnitResult> units(UnitResult.State state) {
        return ecs.tasks().running().stream()
                .filter(TaskView::serves)
                .map(task -> names.result(task, state))
                .toList();
    }
}
