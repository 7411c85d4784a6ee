package io.deployflow.sandbox.port;

import java.util.List;
import java.util.Map;

/**
 * The containers that make up one task.
 *
 * @param taskId the last part of the task's ARN, 32 hexadecimal digits
 * @param containers in the order of the task definition; at least one
 * @param labels labels for every container (cluster, service, task definition), beside the runtime's own
 */
public record TaskSpec(String taskId, List<ContainerSpec> containers, Map<String, String> labels) {

    /** Copies the collections. */
    public TaskSpec {
        containers = List.copyOf(containers);
        labels = Map.copyOf(labels);
    }
}
