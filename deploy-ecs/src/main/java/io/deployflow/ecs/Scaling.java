package io.deployflow.ecs;

import io.deployflow.ConfigurationException;
import io.deployflow.DeployException;
import io.deployflow.OperationException;
import io.deployflow.OperationReport;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.OperationResult;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.SchedulingStrategy;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/** Changes how many tasks a service has, and waits until they serve. */
final class Scaling {
    private final EcsSettings settings;
    private final EcsGateway ecs;
    private final TargetHealth health;
    private final Autoscaling autoscaling;
    private final Pace pace;

    Scaling(EcsSettings settings, EcsGateway ecs, TargetHealth health, Autoscaling autoscaling, Pace pace) {
        this.settings = settings;
        this.ecs = ecs;
        this.health = health;
        this.autoscaling = autoscaling;
        this.pace = pace;
    }

    /** See {@link io.deployflow.spi.TargetOperations#scale}. */
    OperationResult run(int count, Optional<String> named, DeployContext context) {
        String name = chosen(named);
        Service before = ecs.service(name);
        check(count, before);
        autoscaling.warnIfItWouldUndo(name, count, context);
        int desired = ServiceView.count(before.desiredCount());
        context.unitChanged(name, "scaling", desired + " -> " + count);
        Instant begin = context.clock().instant();
        Set<String> earlier = Stream.of(DesiredStatus.RUNNING, DesiredStatus.STOPPED)
                .flatMap(status -> ecs.tasks().arns(name, status).stream())
                .collect(Collectors.toSet());
        UpdateServiceRequest request = UpdateServiceRequest.builder()
                .cluster(settings.cluster())
                .service(name)
                .desiredCount(count)
                .build();
        ecs.scale(request);
        Optional<DeployException> failure = await(name, count, earlier, context);
        return new OperationResult(
                List.of(new OperationReport.Unit(
                        name,
                        failure.isEmpty(),
                        failure.isEmpty() ? "scaled" : "failed",
                        desired + " -> " + count,
                        OptionalInt.empty(),
                        Duration.between(begin, context.clock().instant()))),
                failure);
    }

    /** The service to scale: which of several has to be said. */
    private String chosen(Optional<String> named) {
        List<String> all =
                settings.members().stream().map(EcsSettings.Member::service).toList();
        if (named.isEmpty() && all.size() == 1) {
            return all.get(0);
        }
        return named.filter(all::contains)
                .orElseThrow(() -> new ConfigurationException(
                        named.map(name -> "the target has no service '" + name + "'")
                                .orElse("the target has " + all.size() + " services"),
                        "Say which one with --service: " + String.join(", ", all) + "."));
    }

    private void check(int count, Service service) {
        if (count < 0) {
            throw new ConfigurationException("a service cannot have " + count + " tasks", "Give 0 or more.");
        }
        if (service.schedulingStrategy() == SchedulingStrategy.DAEMON) {
            throw new ConfigurationException(
                    "service " + service.serviceName() + " runs one task on each host of its cluster",
                    "Change the number of hosts instead.");
        }
    }

    private static Set<String> arns(List<Task> tasks) {
        return tasks.stream().map(Task::taskArn).collect(Collectors.toSet());
    }

    /**
     * Waits; the answer is why it failed, if it did.
     *
     * @param earlier the tasks that were there before
     */
    private Optional<DeployException> await(String name, int count, Set<String> earlier, DeployContext context) {
        Patience patience = new Patience(context);
        Service[] last = new Service[1];
        Set<String> served = new HashSet<>();
        return pace.ask(
                        settings.timeout(),
                        context.cancellation(),
                        () -> patience.ask(() -> {
                            Service now = ecs.service(name);
                            tell(name, now, Optional.ofNullable(last[0]), context);
                            last[0] = now;
                            return ended(name, count, last[0], earlier, served, context);
                        }))
                .map(End::failure)
                .orElseGet(() -> Optional.of(tooSlow(name, count, Optional.ofNullable(last[0]))));
    }

    private void tell(String name, Service now, Optional<Service> before, DeployContext context) {
        Optional<String> line = ServiceView.primary(now).map(ServiceView::line);
        if (!line.equals(before.flatMap(ServiceView::primary).map(ServiceView::line))) {
            line.ifPresent(text -> context.output(name, text));
        }
    }

    /** How it ended: why it failed, if it did. */
    private record End(Optional<DeployException> failure) {
        static final End WELL = new End(Optional.empty());

        static End failed(DeployException failure) {
            return new End(Optional.of(failure));
        }
    }

    /**
     * Empty while it is not decided.
     *
     * @param served the tasks that served at the last look
     */
    private Optional<End> ended(
            String name, int count, Service service, Set<String> earlier, Set<String> served, DeployContext context) {
        if (ServiceView.count(service.desiredCount()) != count) {
            return Optional.of(End.failed(new OperationException(
                    "service " + name + " is to have " + service.desiredCount()
                            + " tasks again: somebody else has changed it",
                    "Look at its autoscaling, and at who deploys.")));
        }
        if (service.deployments().size() == 1
                && ServiceView.count(service.runningCount()) == count
                && ServiceView.count(service.pendingCount()) == 0
                && serves(count, service, earlier, served, context)) {
            return Optional.of(End.WELL);
        }
        return failing(name, count, service, earlier).map(End::failed);
    }

    /** A task that nobody checks runs for a moment also where it crashes: it counts at the second look. */
    private boolean serves(int count, Service service, Set<String> earlier, Set<String> served, DeployContext context) {
        List<TargetState> targets = health.ask(service, context);
        List<Task> running = ecs.tasks().of(service.serviceName(), DesiredStatus.RUNNING);
        running.stream()
                .filter(task -> !earlier.contains(task.taskArn()))
                .forEach(task -> lane(task, TargetState.of(task, targets), context));
        boolean all = running.size() == count
                && running.stream()
                        .allMatch(task -> TaskView.serves(task)
                                && TargetState.of(task, targets)
                                        .map(TargetState::isHealthy)
                                        .orElse(true));
        boolean again = served.equals(arns(running));
        served.clear();
        served.addAll(arns(running));
        return all && (again || !targets.isEmpty());
    }

    /** What a new task did until now: ECS tells the moments, but for that at which it became healthy. */
    private static void lane(Task task, Optional<TargetState> target, DeployContext context) {
        Instant now = context.clock().instant();
        Optional<Instant> healthy =
                Optional.of(now).filter(seen -> TaskView.state(task, target).equals("healthy"));
        context.lane(new TaskMoments(
                        task,
                        Objects.requireNonNullElse(task.createdAt(), now),
                        healthy,
                        Optional.empty(),
                        target.isPresent(),
                        false,
                        now)
                .lane(new TaskNames(false), false));
    }

    private Optional<DeployException> failing(String name, int count, Service service, Set<String> earlier) {
        Optional<String> deployment = ServiceView.primary(service).map(Deployment::id);
        List<Task> failed = deployment
                .map(id -> StopReasons.failed(ecs.tasks().of(name, DesiredStatus.STOPPED), id))
                .orElse(List.of())
                .stream()
                .filter(task -> !earlier.contains(task.taskArn()))
                .toList();
        if (failed.isEmpty() || failed.size() < StopReasons.enough(count, true, failed)) {
            return Optional.empty();
        }
        Diagnosis diagnosis = Diagnosis.of(failed.get(0), TaskView.culprit(failed.get(0)), List.of(), Optional.empty());
        return Optional.of(new OperationException(
                failed.size() + " new tasks of service " + name + " stopped; the last one, "
                        + TaskNames.alone(failed.get(0)) + ": " + diagnosis.what(),
                diagnosis.remedy(),
                TaskNames.alone(failed.get(0)),
                null));
    }

    private OperationException tooSlow(String name, int count, Optional<Service> last) {
        String running = last.map(service -> ServiceView.count(service.runningCount()) + " of " + count + " tasks run")
                .orElse("what runs is not known");
        String event = last.flatMap(service -> service.events().stream().findFirst())
                .map(ServiceEvent::message)
                .map(message -> "\nECS says: " + message)
                .orElse("");
        return new OperationException(
                "service " + name + " is not steady after " + settings.timeout().toSeconds() + " s: " + running + event,
                "Raise 'timeout' if it only needs longer; the number stays as it was set.");
    }
}
