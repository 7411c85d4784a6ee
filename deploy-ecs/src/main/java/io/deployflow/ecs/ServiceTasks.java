package io.deployflow.ecs;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells the tasks of a target's services from others that log to the same place, such as one-off tasks. */
final class ServiceTasks {
    private final Set<String> services;
    private final EcsGateway ecs;
    private final Map<String, Boolean> known = new HashMap<>();

    ServiceTasks(EcsSettings settings, EcsGateway ecs) {
        this.services = settings.members().stream()
                .map(member -> TaskDefinitions.id(member.service()))
                .collect(Collectors.toSet());
        this.ecs = ecs;
    }

    /**
     * Whether a task is one of theirs. One that ECS has forgotten, an hour after it stopped, is taken for one: its log
     * is all that there is of it.
     *
     * @param id the task's own part of its ARN
     */
    boolean has(String id) {
        return known.computeIfAbsent(id, this::ask);
    }

    private boolean ask(String id) {
        return ecs.tasks()
                .find(id)
                .map(task -> TaskNames.service(task).filter(services::contains).isPresent())
                .orElse(true);
    }
}
