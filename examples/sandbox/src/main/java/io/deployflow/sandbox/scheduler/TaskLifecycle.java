package io.deployflow.sandbox.scheduler;

import io.deployflow.sandbox.Timings;
import io.deployflow.sandbox.elb.TargetRef;
import io.deployflow.sandbox.elb.TargetState;
import io.deployflow.sandbox.port.ContainerStatus;
import io.deployflow.sandbox.port.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Moves one task through its states, from what is observed of its containers and targets. */
final class TaskLifecycle {

    private final Timings timings;

    TaskLifecycle(Timings timings) {
        this.timings = timings;
    }

    /** Takes what is observed and goes at most one state further. */
    List<Action> step(Task task, Facts facts) {
        facts.task(task.id()).ifPresent(task::observe);
        return switch (task.state()) {
            case PROVISIONING -> provision(task, facts);
            case PENDING, ACTIVATING -> start(task, facts);
            case RUNNING -> watch(task, facts);
            case DEACTIVATING -> drain(task, facts);
            case STOPPING -> end(task, facts);
            case DEPROVISIONING -> free(task, facts.now());
            case STOPPED -> List.of();
        };
    }

    /** Decides that a task is to stop. Harmless when that is decided already. */
    List<Action> stop(Task task, Stop why, Instant now) {
        if (!task.live()) {
            return List.of();
        }
        task.stopFor(why, now);
        if (task.state() == TaskState.PROVISIONING) {
            task.enter(TaskState.DEPROVISIONING);
            return List.of();
        }
        if (task.targets().isEmpty()) {
            return stopContainers(task);
        }
        task.enter(TaskState.DEACTIVATING);
        return deregister(task);
    }

    private List<Action> provision(Task task, Facts facts) {
        if (!elapsed(task, Moment.CREATED, timings.provisioning(), facts.now())) {
            return List.of();
        }
        Preparation prepared = facts.prepare(task);
        if (prepared.failure().isPresent()) {
            if (!elapsed(task, Moment.CREATED, timings.provisioning().plus(timings.resourceRetry()), facts.now())) {
                return List.of();
            }
            task.stopFor(Stop.failedToStart(prepared.failure().get()), facts.now());
            task.enter(TaskState.DEPROVISIONING);
            return List.of();
        }
        task.enter(TaskState.PENDING);
        return List.of(new Action.StartContainers(task.plan().spec(task.id(), prepared.variables())));
    }

    private List<Action> start(Task task, Facts facts) {
        Optional<Stop> failure = failure(task, facts);
        if (failure.isPresent()) {
            return abort(task, failure.get(), facts.now());
        }
        if (task.containers().isEmpty() || anyIn(task, ContainerStatus.State.PULLING)) {
            return List.of();
        }
        if (task.state() == TaskState.PENDING) {
            task.enter(TaskState.ACTIVATING);
            return List.of();
        }
        return anyIn(task, ContainerStatus.State.STARTING) ? List.of() : run(task, facts.now());
    }

    private List<Action> run(Task task, Instant now) {
        task.enter(TaskState.RUNNING);
        task.mark(Moment.STARTED, now);
        task.register(task.plan().targets().stream()
                .flatMap(port -> published(task, port).stream())
                .toList());
        return task.targets().stream().<Action>map(Action.RegisterTarget::new).toList();
    }

    private List<Action> watch(Task task, Facts facts) {
        return failure(task, facts).map(why -> abort(task, why, facts.now())).orElseGet(List::of);
    }

    private List<Action> drain(Task task, Facts facts) {
        boolean drained =
                task.targets().stream().allMatch(target -> facts.target(target).state() == TargetState.UNUSED);
        return drained || ended(task, facts) ? stopContainers(task) : List.of();
    }

    private List<Action> end(Task task, Facts facts) {
        if (ended(task, facts)) {
            task.mark(Moment.EXECUTION_STOPPED, facts.now());
            task.enter(TaskState.DEPROVISIONING);
        }
        return List.of();
    }

    private List<Action> free(Task task, Instant now) {
        Moment since = task.at(Moment.EXECUTION_STOPPED).isPresent() ? Moment.EXECUTION_STOPPED : Moment.STOPPING;
        if (!elapsed(task, since, timings.deprovisioning(), now)) {
            return List.of();
        }
        task.enter(TaskState.STOPPED);
        task.mark(Moment.STOPPED, now);
        return task.containers().isEmpty() ? List.of() : List.of(new Action.RemoveContainers(task.id()));
    }

    /** Stops a task whose containers have failed: there is nothing left to drain. */
    private static List<Action> abort(Task task, Stop why, Instant now) {
        task.stopFor(why, now);
        List<Action> actions = new ArrayList<>(deregister(task));
        actions.addAll(stopContainers(task));
        return actions;
    }

    private static List<Action> stopContainers(Task task) {
        task.enter(TaskState.STOPPING);
        return List.of(new Action.StopContainers(task.id(), task.plan().stopTimeout()));
    }

    private static List<Action> deregister(Task task) {
        return task.targets().stream().<Action>map(Action.DeregisterTarget::new).toList();
    }

    private static Optional<Stop> failure(Task task, Facts facts) {
        for (ContainerStatus container : task.containers()) {
            if (container.state() == ContainerStatus.State.FAILED) {
                return Optional.of(Stop.failedToStart(container.failure().orElse("CannotStartContainerError")));
            }
            if (container.state() == ContainerStatus.State.EXITED && essential(task, container)) {
                return Optional.of(Stop.CONTAINER_EXITED);
            }
        }
        return vanished(task, facts) ? Optional.of(Stop.CONTAINER_EXITED) : Optional.empty();
    }

    /** Whether containers that were there are gone, because somebody removed them by hand. */
    private static boolean vanished(Task task, Facts facts) {
        return !task.containers().isEmpty() && facts.task(task.id()).isEmpty();
    }

    private static boolean ended(Task task, Facts facts) {
        return facts.task(task.id()).map(TaskStatus::containers).orElse(List.of()).stream()
                .allMatch(container -> container.state() == ContainerStatus.State.EXITED
                        || container.state() == ContainerStatus.State.FAILED);
    }

    private static boolean essential(Task task, ContainerStatus container) {
        return task.plan().containers().stream()
                .anyMatch(planned -> planned.spec().name().equals(container.name()) && planned.essential());
    }

    private static boolean anyIn(Task task, ContainerStatus.State state) {
        return task.containers().stream().anyMatch(container -> container.state() == state);
    }

    private static Optional<TargetRef> published(Task task, TargetPort port) {
        return task.containers().stream()
                .filter(container -> container.name().equals(port.container()))
                .flatMap(container -> Optional.ofNullable(container.ports().get(port.containerPort())).stream())
                .map(hostPort -> new TargetRef(port.groupArn(), "127.0.0.1", hostPort))
                .findFirst();
    }

    private static boolean elapsed(Task task, Moment since, Duration duration, Instant now) {
        return task.at(since).map(start -> !now.isBefore(start.plus(duration))).orElse(true);
    }
}
