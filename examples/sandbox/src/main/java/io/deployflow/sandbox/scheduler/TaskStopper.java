package io.deployflow.sandbox.scheduler;

import io.deployflow.sandbox.elb.TargetRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Stops tasks of a service and writes the events that go with it, in ECS's order. */
final class TaskStopper {

    private final ServiceState service;
    private final TaskLifecycle lifecycle;

    TaskStopper(ServiceState service, TaskLifecycle lifecycle) {
        this.service = service;
        this.lifecycle = lifecycle;
    }

    List<Action> stop(Collection<Task> tasks, Function<Task, Stop> why, Instant now) {
        if (tasks.isEmpty()) {
            return List.of();
        }
        service.steady = false;
        List<Action> actions = new ArrayList<>();
        tasks.forEach(task -> actions.addAll(lifecycle.stop(task, why.apply(task), now)));
        service.events.stopped(tasks, now);
        deregistered(actions, now);
        tasks.stream()
                .filter(task -> task.state() == TaskState.DEACTIVATING)
                .collect(Collectors.groupingBy(Task::startedBy, Collectors.counting()))
                .forEach((deployment, count) -> service.events.draining(deployment, count, now));
        return actions;
    }

    /** Writes the events for the registrations and deregistrations among some actions. */
    void registered(List<Action> actions, Instant now) {
        byGroup(actions, Action.RegisterTarget.class, Action.RegisterTarget::target)
                .forEach((group, count) -> service.events.registered(count, group, now));
    }

    void deregistered(List<Action> actions, Instant now) {
        byGroup(actions, Action.DeregisterTarget.class, Action.DeregisterTarget::target)
                .forEach((group, count) -> service.events.deregistered(count, group, now));
    }

    private static <A extends Action> Map<String, Long> byGroup(
            List<Action> actions, Class<A> kind, Function<A, TargetRef> target) {
        return actions.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .map(target)
                .collect(Collectors.groupingBy(TargetRef::groupArn, Collectors.counting()));
    }
}
