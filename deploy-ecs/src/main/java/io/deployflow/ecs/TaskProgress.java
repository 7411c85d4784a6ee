package io.deployflow.ecs;

import io.deployflow.spi.DeployContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.Task;

/** Tells of every task whose state is another one than when it was last looked at. */
final class TaskProgress {
    private final Attempt attempt;
    private final TaskNames names;
    private final DeployContext context;
    private final TaskLanes lanes;
    private final Map<String, String> shown = new HashMap<>();
    private final Set<String> alive = new HashSet<>();
    private Optional<String> complaint = Optional.empty();

    TaskProgress(Attempt attempt, TaskNames names, DeployContext context) {
        this.attempt = attempt;
        this.names = names;
        this.context = context;
        this.lanes = new TaskLanes(attempt, names, context);
    }

    void show(List<Task> tasks, List<TargetState> targets) {
        lanes.see(tasks, targets);
        for (Task task : tasks) {
            Optional<TargetState> target = TargetState.of(task, targets);
            String state = TaskView.state(task, target);
            boolean stopped = state.equals("stopped");
            if (stopped
                    && !alive.contains(task.taskArn())
                    && !attempt.deployment().equals(task.startedBy())) {
                continue; // It had stopped before this rollout began.
            }
            alive.add(task.taskArn());
            if (!state.equals(shown.put(task.taskArn(), state))) {
                context.unitChanged(names.of(task), state, TaskView.detail(task));
                target.filter(TargetState::isUnhealthy)
                        .filter(unhealthy -> attempt.deployment().equals(task.startedBy()))
                        .ifPresent(unhealthy -> complaint = Optional.of(unhealthy.reason()));
            }
        }
    }

    /** Why a load balancer found one of the rollout's tasks unhealthy, if it did. */
    Optional<String> complaint() {
        return complaint;
    }
}
