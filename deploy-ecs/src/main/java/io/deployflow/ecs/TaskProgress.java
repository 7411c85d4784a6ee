package io.deployflow.ecs;

import io.deployflow.spi.DeployContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.Task;

/** Tells of every task whose state is another one than when it was last looked at. */
final class TaskProgress {
    private static final Duration PROVEN_AFTER = Duration.ofSeconds(40);

    private final Attempt attempt;
    private final TaskNames names;
    private final Pace pace;
    private final DeployContext context;
    private final TaskLanes lanes;
    private final Map<String, String> shown = new HashMap<>();
    private final Set<String> alive = new HashSet<>();
    private final Map<String, Long> runsSince = new HashMap<>();
    private boolean proven;
    private boolean balanced;
    private Optional<String> complaint = Optional.empty();

    TaskProgress(Attempt attempt, TaskNames names, Pace pace, DeployContext context) {
        this.pace = pace;
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
            if (!balanced || target.isPresent()) {
                prove(task, state);
            }
            if (!state.equals(shown.put(task.taskArn(), state))) {
                context.unitChanged(names.of(task), state, TaskView.detail(task));
                target.filter(TargetState::isUnhealthy)
                        .filter(unhealthy -> attempt.deployment().equals(task.startedBy()))
                        .ifPresent(unhealthy -> complaint = Optional.of(unhealthy.reason()));
            }
        }
    }

    /** ECS calls a deployment completed when all its tasks are healthy: so are those that no look has seen to be. */
    void complete(List<Task> tasks) {
        for (Task task : tasks) {
            boolean isOwn = attempt.deployment().equals(task.startedBy());
            if (balanced
                    && isOwn
                    && TaskView.state(task).equals("running")
                    && !"healthy".equals(shown.put(task.taskArn(), "healthy"))) {
                context.unitChanged(names.of(task), "healthy", TaskView.detail(task));
            }
        }
    }

    /** A load balancer will say which tasks are healthy: that one runs proves nothing then. */
    void expectTargets() {
        balanced = true;
    }

    /** A task without any check counts as ECS counts it: once it has run for a while. */
    private void prove(Task task, String state) {
        boolean runs = state.equals("running") || state.equals("healthy");
        if (!runs || !attempt.deployment().equals(task.startedBy())) {
            return;
        }
        long since =
                runsSince.computeIfAbsent(task.taskArn(), arn -> pace.nanos().getAsLong());
        proven = proven
                || state.equals("healthy")
                || (!balanced && pace.since(since).compareTo(PROVEN_AFTER) > 0);
    }

    /** Whether one of the rollout's tasks has been seen to be healthy. */
    boolean isProven() {
        return proven;
    }

    /** Why a load balancer found one of the rollout's tasks unhealthy, if it did. */
    Optional<String> complaint() {
        return complaint;
    }
}
