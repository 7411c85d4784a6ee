package io.deployflow.ecs;

import io.deployflow.DeployException;
import io.deployflow.OperationException;
import io.deployflow.spi.DeployContext;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;
import software.amazon.awssdk.services.ecs.model.Task;

/** Watches a service whose desired count was changed until as many tasks serve, or until that cannot be. */
final class ScaleWatch {
    private final EcsSettings settings;
    private final EcsGateway ecs;
    private final TargetHealth health;
    private final Pace pace;
    private final String name;
    private final int count;
    private final Set<String> earlier;
    private final DeployContext context;
    private final long begun;
    /** The tasks that served at the last look. */
    private final Set<String> served = new HashSet<>();

    private @Nullable Service last;
    private boolean shown;

    /**
     * Of a change that was just made.
     *
     * @param earlier the tasks that were there before
     */
    ScaleWatch(
            EcsSettings settings,
            EcsGateway ecs,
            TargetHealth health,
            Pace pace,
            String name,
            int count,
            Set<String> earlier,
            DeployContext context) {
        this.settings = settings;
        this.ecs = ecs;
        this.health = health;
        this.pace = pace;
        this.name = name;
        this.count = count;
        this.earlier = Set.copyOf(earlier);
        this.context = context;
        this.begun = pace.nanos().getAsLong();
    }

    private static Set<String> arns(List<Task> tasks) {
        return tasks.stream().map(Task::taskArn).collect(Collectors.toSet());
    }

    /** Waits; the answer is why it failed, if it did. */
    Optional<DeployException> await() {
        Patience patience = new Patience(context);
        return pace.ask(
                        settings.timeout(),
                        context.cancellation(),
                        () -> patience.ask(() -> {
                            Service now = ecs.service(name);
                            tell(now);
                            last = now;
                            return ended(now);
                        }))
                .map(End::failure)
                .orElseGet(() -> Optional.of(tooSlow()));
    }

    private void tell(Service now) {
        Optional<String> line = ServiceView.primary(now).map(ServiceView::line);
        if (!line.equals(Optional.ofNullable(last).flatMap(ServiceView::primary).map(ServiceView::line))) {
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

    /** Empty while it is not decided. */
    private Optional<End> ended(Service service) {
        boolean isWanted = ServiceView.count(service.desiredCount()) == count;
        if (!isWanted && !shown && pace.since(begun).compareTo(ServiceWatcher.SHOWN_WITHIN) < 0) {
            return Optional.empty();
        }
        shown = true;
        if (!isWanted) {
            return Optional.of(End.failed(new OperationException(
                    "service " + name + " is to have " + service.desiredCount()
                            + " tasks again: somebody else has changed it",
                    "Look at its autoscaling, and at who deploys.")));
        }
        if (service.deployments().size() == 1
                && ServiceView.count(service.runningCount()) == count
                && ServiceView.count(service.pendingCount()) == 0
                && serves(service)) {
            return Optional.of(End.WELL);
        }
        return failing(service).map(End::failed);
    }

    /** A task that nobody checks runs for a moment also where it crashes: it counts at the second look. */
    private boolean serves(Service service) {
        List<TargetState> targets = health.ask(service, context);
        List<Task> running = ecs.tasks().of(service.serviceName(), DesiredStatus.RUNNING);
        running.stream()
                .filter(task -> !earlier.contains(task.taskArn()))
                .forEach(task -> lane(task, TargetState.of(task, targets)));
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
    private void lane(Task task, Optional<TargetState> target) {
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

    private Optional<DeployException> failing(Service service) {
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

    private OperationException tooSlow() {
        Optional<Service> seen = Optional.ofNullable(last);
        String running = seen.map(service -> ServiceView.count(service.runningCount()) + " of " + count + " tasks run")
                .orElse("what runs is not known");
        String event = seen.flatMap(service -> service.events().stream().findFirst())
                .map(ServiceEvent::message)
                .map(message -> "\nECS says: " + message)
                .orElse("");
        return new OperationException(
                "service " + name + " is not steady after " + settings.timeout().toSeconds() + " s: " + running + event,
                "Raise 'timeout' if it only needs longer; the number stays as it was set.");
    }
}
