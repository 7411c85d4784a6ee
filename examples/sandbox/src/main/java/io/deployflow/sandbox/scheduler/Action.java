package io.deployflow.sandbox.scheduler;

import io.deployflow.sandbox.elb.TargetRef;
import io.deployflow.sandbox.port.TaskSpec;
import java.time.Duration;
import java.util.Map;

/** What the scheduler wants done, to be done in the order given. */
public sealed interface Action {

    /**
     * Pull and start the containers of a task.
     *
     * @param task what to run
     */
    record StartContainers(TaskSpec task) implements Action {}

    /**
     * Register a target.
     *
     * @param target the target
     */
    record RegisterTarget(TargetRef target) implements Action {}

    /**
     * Begin to drain a target.
     *
     * @param target the target
     */
    record DeregisterTarget(TargetRef target) implements Action {}

    /**
     * Share the requests of a listener rule.
     *
     * @param ruleArn the rule
     * @param weights target groups by ARN, with their weights
     */
    record ShiftTraffic(String ruleArn, Map<String, Integer> weights) implements Action {}

    /**
     * SIGTERM, then SIGKILL.
     *
     * @param taskId the task
     * @param timeout real time between the two
     */
    record StopContainers(String taskId, Duration timeout) implements Action {}

    /**
     * Remove the containers of a task that is over.
     *
     * @param taskId the task
     */
    record RemoveContainers(String taskId) implements Action {}
}
