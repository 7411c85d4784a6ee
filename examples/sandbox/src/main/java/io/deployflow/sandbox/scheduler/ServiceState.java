package io.deployflow.sandbox.scheduler;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the scheduler knows of one service; the parts of {@link ServiceScheduler} share it. */
final class ServiceState {

    final EventLog events;
    final Capacity capacity;

    /** The primary first. */
    final List<Deployment> deployments = new ArrayList<>();

    final Map<String, Task> tasks = new LinkedHashMap<>();

    /** The newest last. */
    final List<ServiceDeployment> history = new ArrayList<>();

    ServiceRules rules;
    Optional<Deployment> lastCompleted = Optional.empty();
    boolean steady;

    ServiceState(EventLog events, Capacity capacity, ServiceRules rules) {
        this.events = events;
        this.capacity = capacity;
        this.rules = rules;
    }

    Deployment primary() {
        return deployments.get(0);
    }

    Optional<ServiceDeployment> inFlight() {
        return history.stream()
                .reduce((older, newer) -> newer)
                .filter(deployment -> deployment.status().inFlight());
    }

    /** Whether the last service deployment left production traffic at tasks that are not to serve. */
    boolean trafficIsAway() {
        return !history.isEmpty() && history.get(history.size() - 1).leavesTrafficAway();
    }

    List<Task> live() {
        return tasks.values().stream().filter(Task::live).toList();
    }

    List<Task> live(Deployment deployment) {
        return live().stream().filter(task -> belongs(task, deployment)).toList();
    }

    List<Task> unfinished(Deployment deployment) {
        return tasks.values().stream()
                .filter(task -> !task.stopped() && belongs(task, deployment))
                .toList();
    }

    Optional<Deployment> deploymentOf(Task task) {
        return deployments.stream()
                .filter(deployment -> belongs(task, deployment))
                .findFirst();
    }

    private static boolean belongs(Task task, Deployment deployment) {
        return task.startedBy().equals(deployment.id());
    }
}
