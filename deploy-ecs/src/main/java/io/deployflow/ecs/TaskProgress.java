package io.deployflow.ecs;

import io.deployflow.spi.DeployContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.Task;

/** Tells of every task whose state is another one than when it was last looked at. */
final class TaskProgress {
    private final Attempt attempt;
    private final DeployContext context;
    private final Map<String, String> shown = new HashMap<>();
    private final Set<String> alive = new HashSet<>();

    TaskProgress(Attempt attempt, DeployContext context) {
        this.attempt = attempt;
        this.context = context;
    }

    void show(List<Task> tasks) {
        for (Task task : tasks) {
            String state = TaskView.state(task);
            boolean stopped = state.equals("stopped");
            if (stopped
                    && !alive.contains(task.taskArn())
                    && !attempt.deployment().equals(task.startedBy())) {
                continue; // It had stopped before this rollout began.
            }
            alive.add(task.taskArn());
            if (!state.equals(shown.put(task.taskArn(), state))) {
                context.unitChanged(TaskView.name(task), state, detail(task));
            }
        }
    }

    private static String detail(Task task) {
        String release = TaskDefinitions.id(task.taskDefinitionArn());
        return task.stoppedReason() == null ? release : release + ": " + task.stoppedReason();
    }
}
