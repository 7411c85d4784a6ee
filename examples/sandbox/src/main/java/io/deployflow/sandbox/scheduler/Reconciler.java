package io.deployflow.sandbox.scheduler;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts and stops tasks of a service so that it comes closer to what it is to be, a batch at a time, never below the
 * floor because of the deployment and never above the ceiling.
 */
final class Reconciler {

    private final ServiceState service;
    private final TaskStopper stopper;
    private final TaskHealth health;
    private final TaskStarter starter;

    Reconciler(ServiceState service, TaskStopper stopper, TaskHealth health, TaskStarter starter) {
        this.service = service;
        this.stopper = stopper;
        this.health = health;
        this.starter = starter;
    }

    List<Action> reconcile(Facts facts) {
        if (service.primary().state() == RolloutState.FAILED) {
            return service.rules.desired() == 0 ? stop(service.live(), facts.now()) : List.of();
        }
        List<Task> stops = stops(facts);
        int starts = starts(facts.now());
        if (stops.isEmpty() && stalled(facts) && service.primary().firstStall()) {
            service.events.stalled(facts.now());
        }
        starter.start(service.primary(), starts, facts.now());
        return stop(stops, facts.now());
    }

    /** Whether the tasks of the primary deployment are all there, all healthy, and alone. */
    boolean settled(Facts facts) {
        List<Task> primary = service.live(service.primary());
        return primary.size() == service.rules.desired()
                && primary.stream().allMatch(task -> health.healthy(task, facts))
                && service.deployments.stream()
                        .skip(1)
                        .allMatch(old -> service.unfinished(old).isEmpty());
    }

    private int missing() {
        return service.rules.desired() - service.live(service.primary()).size();
    }

    private int room() {
        return service.rules.ceiling() - service.live().size();
    }

    private int starts(Instant now) {
        return service.primary().mayStart(now) ? Math.max(0, Math.min(missing(), room())) : 0;
    }

    private List<Action> stop(List<Task> tasks, Instant now) {
        return stopper.stop(tasks, task -> Stop.scaling(service.primary().id()), now);
    }

    /** What can be stopped now: what serves nobody at once, what serves only as far as the floor allows. */
    private List<Task> stops(Facts facts) {
        List<Task> surplus = surplus(facts);
        List<Task> stops = new ArrayList<>(
                surplus.stream().filter(task -> !available(task, facts)).toList());
        int spare = availableTasks(facts) - service.rules.floor();
        surplus.stream()
                .filter(task -> available(task, facts))
                .sorted((a, b) -> Boolean.compare(health.healthy(a, facts), health.healthy(b, facts)))
                .limit(Math.max(0, spare))
                .forEach(stops::add);
        return stops;
    }

    /** Old tasks, and tasks of the primary deployment beyond the desired count, the youngest of them. */
    private List<Task> surplus(Facts facts) {
        List<Task> primary = service.live(service.primary());
        int excess = Math.max(0, -missing());
        Stream<Task> old = service.live().stream().filter(task -> !primary.contains(task));
        Stream<Task> extra = primary.stream()
                .sorted((a, b) -> Boolean.compare(health.healthy(b, facts), health.healthy(a, facts)))
                .skip(primary.size() - excess);
        return Stream.concat(old, extra).toList();
    }

    private int availableTasks(Facts facts) {
        return (int)
                service.live().stream().filter(task -> available(task, facts)).count();
    }

    /**
     * Whether a task may be serving. One of the primary deployment must have shown that it is healthy; an old one is
     * given the benefit of the doubt, so that a deployment right after another does not take away what serves.
     */
    private boolean available(Task task, Facts facts) {
        if (task.startedBy().equals(service.primary().id())) {
            return health.healthy(task, facts);
        }
        return task.running()
                && health.complaint(task, service.rules.grace(), facts).isEmpty();
    }

    /** Whether nothing is under way, yet no task may be started or stopped. */
    private boolean stalled(Facts facts) {
        return missing() > 0
                && room() <= 0
                && service.live().stream().allMatch(Task::running)
                && service.live(service.primary()).stream().allMatch(task -> health.healthy(task, facts));
    }
}
