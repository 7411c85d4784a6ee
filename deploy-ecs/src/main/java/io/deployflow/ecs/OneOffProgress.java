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
        String state = TaskView.state(task);
        if (!state.equals(shown)) {
            shown = state;
            context.unitChanged(TaskNames.alone(task), state, task.stoppedReason() == null ? "" : task.stoppedReason());
        }
    }
}
