package io.deployflow.sandbox;

import io.deployflow.sandbox.elb.TargetHealth;
import io.deployflow.sandbox.elb.TargetRef;
import io.deployflow.sandbox.port.TaskStatus;
import io.deployflow.sandbox.scheduler.Facts;
import io.deployflow.sandbox.scheduler.HookStatus;
import io.deployflow.sandbox.scheduler.Preparation;
import io.deployflow.sandbox.scheduler.Stage;
import io.deployflow.sandbox.scheduler.Task;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The facts of one beat. */
record Observed(Instant now, Map<String, TaskStatus> tasks, Cloud cloud, TaskResources resources, HookAnswers hooks)
        implements Facts {

    @Override
    public Optional<TaskStatus> task(String taskId) {
        return Optional.ofNullable(tasks.get(taskId));
    }

    @Override
    public Preparation prepare(Task task) {
        return resources.prepare(task);
    }

    @Override
    public boolean alarming(String name) {
        return cloud.alarms().contains(name);
    }

    @Override
    public HookStatus hook(String targetArn, Stage stage) {
        return hooks.answer(targetArn, stage);
    }

    @Override
    public TargetHealth target(TargetRef target) {
        return cloud.balancing().health(target);
    }
}
