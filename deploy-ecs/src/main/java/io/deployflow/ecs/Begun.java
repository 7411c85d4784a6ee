package io.deployflow.ecs;

import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Service;

/**
 * A rollout to one service that was begun: ECS was asked for it, whether its answer was heard or not.
 *
 * @param service name of the service
 * @param taskDefinition ARN of what it rolls out
 * @param previous ARN of the task definition that served before
 * @param earlierRecord ARN of the newest service deployment before
 * @param deployment id of its deployment, if the answer was heard
 * @param isWatched whether it was watched to its end, so that ECS surely describes the service as it is since
 */
record Begun(
        String service,
        String taskDefinition,
        String previous,
        Optional<String> earlierRecord,
        Optional<String> deployment,
        boolean isWatched) {
    Begun {
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(taskDefinition, "taskDefinition");
        Objects.requireNonNull(previous, "previous");
        Objects.requireNonNull(earlierRecord, "earlierRecord");
        Objects.requireNonNull(deployment, "deployment");
    }

    /** The same, once ECS has given its deployment an id. */
    Begun as(String id) {
        return new Begun(service, taskDefinition, previous, earlierRecord, Optional.of(id), isWatched);
    }

    /** The same, once it was watched to its end. */
    Begun watched() {
        return new Begun(service, taskDefinition, previous, earlierRecord, deployment, true);
    }

    /** Whether a description of the service is of a time after it was begun. */
    boolean isShown(Service described) {
        return isWatched
                || deployment
                        .map(id -> ServiceView.deployment(described, id).isPresent())
                        .orElseGet(() -> described.deployments().stream()
                                .anyMatch(there -> taskDefinition.equals(there.taskDefinition())));
    }
}
