package io.deployflow.sandbox.scheduler;

import io.deployflow.sandbox.elb.TargetHealth;
import io.deployflow.sandbox.elb.TargetRef;
import io.deployflow.sandbox.port.TaskStatus;
import java.time.Instant;
import java.util.Optional;

/** What is observed at one moment. */
public interface Facts {

    /** {@return the moment} */
    Instant now();

    /**
     * The containers of a task.
     *
     * @param taskId the task
     * @return empty when the runtime does not know it
     */
    Optional<TaskStatus> task(String taskId);

    /**
     * The health of a target.
     *
     * @param target the target
     * @return unused when it is not registered
     */
    TargetHealth target(TargetRef target);

    /**
     * Gets what a task needs before its containers start.
     *
     * @param task the task
     * @return what came of it
     */
    Preparation prepare(Task task);

    /**
     * Whether an alarm rings.
     *
     * @param name a CloudWatch alarm
     * @return false when it is unknown
     */
    boolean alarming(String name);

    /**
     * What a lifecycle hook answers.
     *
     * @param targetArn the function that is asked
     * @param stage the stage that it is asked about
     * @return its answer now
     */
    HookStatus hook(String targetArn, Stage stage);
}
