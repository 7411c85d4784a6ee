package io.deployflow.ecs;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * What was seen of a rollout at one moment.
 *
 * @param service the service
 * @param record ECS's own record of the rollout, where it can be had
 * @param tasks the service's tasks, stopped ones too
 * @param proven whether a task of the rollout has been seen to be healthy
 */
record Observation(Service service, Optional<ServiceDeployment> record, List<Task> tasks, boolean proven) {
    Observation {
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(record, "record");
        tasks = List.copyOf(tasks);
    }

    /** Of a rollout of which no task has been seen to be healthy. */
    Observation(Service service, Optional<ServiceDeployment> record, List<Task> tasks) {
        this(service, record, tasks, false);
    }
}
