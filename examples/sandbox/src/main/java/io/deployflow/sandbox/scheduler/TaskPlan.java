package io.deployflow.sandbox.scheduler;

import io.deployflow.sandbox.port.TaskSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What every task of a deployment is made from. A tag was resolved to a digest when the plan was made, once.
 *
 * @param taskDefinitionArn the task definition
 * @param containers in its order
 * @param targets what is registered where once a task runs
 * @param stopTimeout real time between SIGTERM and SIGKILL
 * @param demand what a task reserves
 * @param resources what must be there before its containers start
 * @param labels labels for every container
 */
public record TaskPlan(
        String taskDefinitionArn,
        List<PlannedContainer> containers,
        List<TargetPort> targets,
        Duration stopTimeout,
        Demand demand,
        Resources resources,
        Map<String, String> labels) {

    /** Copies the collections. */
    public TaskPlan {
        containers = List.copyOf(containers);
        targets = List.copyOf(targets);
        labels = Map.copyOf(labels);
    }

    /**
     * The plan for one task.
     *
     * @param taskId its id
     * @param variables more variables, by container and name
     * @return what the runtime starts
     */
    TaskSpec spec(String taskId, Map<String, Map<String, String>> variables) {
        return new TaskSpec(
                taskId,
                containers.stream()
                        .map(PlannedContainer::spec)
                        .map(spec -> spec.with(variables.getOrDefault(spec.name(), Map.of())))
                        .toList(),
                labels);
    }

    /** {@return whether a container has a health check of its own} */
    boolean hasContainerCheck() {
        return containers.stream()
                .anyMatch(container -> container.spec().healthCheck().isPresent());
    }
}
