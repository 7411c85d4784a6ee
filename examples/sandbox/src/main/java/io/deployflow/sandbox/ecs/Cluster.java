package io.deployflow.sandbox.ecs;

import io.deployflow.sandbox.scheduler.Capacity;
import io.deployflow.sandbox.scheduler.StandaloneTasks;
import io.deployflow.sandbox.scheduler.Task;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A cluster.
 *
 * @param name its name
 * @param arn its ARN
 * @param services by name, deleted ones too until another takes the name
 * @param standalone tasks that belong to no service
 * @param capacity where its tasks run
 */
public record Cluster(
        String name, String arn, Map<String, EcsService> services, StandaloneTasks standalone, Capacity capacity) {

    /**
     * A cluster with nothing in it.
     *
     * @param name its name
     * @param arn its ARN
     * @param standalone where RunTask puts tasks
     * @param capacity where its tasks run
     */
    public Cluster(String name, String arn, StandaloneTasks standalone, Capacity capacity) {
        this(name, arn, new LinkedHashMap<>(), standalone, capacity);
    }

    /**
     * A task and the service that it belongs to.
     *
     * @param task the task
     * @param service its service; empty when it has none
     */
    public record Placed(Task task, Optional<EcsService> service) {}

    /** {@return every task, stopped ones too} */
    public Stream<Placed> tasks() {
        Stream<Placed> owned = services.values().stream()
                .flatMap(service ->
                        service.scheduler().tasks().stream().map(task -> new Placed(task, Optional.of(service))));
        return Stream.concat(owned, standalone.tasks().stream().map(task -> new Placed(task, Optional.empty())));
    }

    /** {@return the services that are not gone} */
    public Stream<EcsService> active() {
        return services.values().stream().filter(service -> !service.status().equals("INACTIVE"));
    }
}
