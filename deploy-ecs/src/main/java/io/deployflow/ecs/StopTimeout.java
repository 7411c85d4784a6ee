package io.deployflow.ecs;

import java.time.Duration;
import java.util.Comparator;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** How long a task may take to end after SIGTERM, before it is killed. */
final class StopTimeout {
    private static final Duration DEFAULT = Duration.ofSeconds(30);

    private StopTimeout() {}

    /** The longest of its containers. */
    static Duration of(TaskDefinition definition) {
        return definition.containerDefinitions().stream()
                .map(ContainerDefinition::stopTimeout)
                .map(seconds -> seconds == null ? DEFAULT : Duration.ofSeconds(seconds))
                .max(Comparator.naturalOrder())
                .orElse(DEFAULT);
    }
}
