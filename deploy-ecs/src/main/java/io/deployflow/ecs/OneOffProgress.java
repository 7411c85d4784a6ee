package io.deployflow.ecs;

import io.deployflow.spi.DeployContext;
import software.amazon.awssdk.services.ecs.model.Task;

/** Tells of each state that a one-off task comes to. */
final class OneOffProgress {
    private final DeployContext context;
    private String shown = "starting";

    OneOffProgress(DeployContext context) {
        this.context = context;
    }

    /** Tells, where the state is another one. */
    void show(Task task) {
        tell(task, TaskView.state(task));
    }

    /**
     * Tells that it has ended. The command has, once its container has; ECS calls the task itself stopped some time
     * after, which nobody waits for.
     */
    void end(Task task) {
        tell(task, "stopped");
    }

    private void tell(Task task, String state) {
        if (!state.equals(shown)) {
            shown = state;
            context.unitChanged(TaskNames.alone(task), state, task.stoppedReason() == null ? "" : task.stoppedReason());
        }
    }
}
