package io.deployflow.ecs;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One rollout that was begun, and how to know it again.
 *
 * @param service name of the service
 * @param taskDefinition ARN of what it rolls out
 * @param deployment id of its deployment, {@code ecs-svc/N}
 * @param createdAt when ECS began it, by ECS's own clock, if ECS says so
 * @param earlier ids of the deployments that were there before
 * @param earlierRecord ARN of the newest service deployment before
 */
record Attempt(
        String service,
        String taskDefinition,
        String deployment,
        Optional<Instant> createdAt,
        List<String> earlier,
        Optional<String> earlierRecord) {
    Attempt {
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(taskDefinition, "taskDefinition");
        Objects.requireNonNull(deployment, "deployment");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(earlierRecord, "earlierRecord");
        earlier = List.copyOf(earlier);
    }

    /** Family and number of what it rolls out. */
    String release() {
        return TaskDefinitions.id(taskDefinition);
    }
}
