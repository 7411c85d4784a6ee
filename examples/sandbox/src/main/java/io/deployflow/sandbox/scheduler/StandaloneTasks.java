package io.deployflow.sandbox.scheduler;

import io.deployflow.sandbox.Timings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tasks that RunTask started, which belong to no service. Not thread-safe. */
public final class StandaloneTasks {

    private final TaskLifecycle lifecycle;
    private final Ids ids;
    private final Map<String, Task> tasks = new LinkedHashMap<>();
    private final List<Action> queued = new ArrayList<>();

    /**
     * With no task.
     *
     * @param timings compresses AWS's delays
     * @param ids makes task ids
     */
    public StandaloneTasks(Timings timings, Ids ids) {
        this.lifecycle = new TaskLifecycle(timings);
        this.ids = ids;
    }

    /**
     * Starts a task.
     *
     * @param plan what it is made from
     * @param startedBy what the caller gave, may be empty
     * @param now the time
     * @return the new task
     */
    public Task run(TaskPlan plan, String startedBy, Instant now) {
        Task task = new Task(ids.task(), startedBy, plan, now);
        tasks.put(task.id(), task);
        return task;
    }

    /**
     * Stops a task.
     *
     * @param task one of {@link #tasks}
     * @param reason what the caller gave, may be empty
     * @param now the time
     */
    public void stop(Task task, String reason, Instant now) {
        queued.addAll(lifecycle.stop(task, Stop.byUser(reason), now));
    }

    /**
     * Moves every task on.
     *
     * @param facts what is observed
     * @return what to do, in this order
     */
    public List<Action> tick(Facts facts) {
        List<Action> actions = new ArrayList<>(queued);
        queued.clear();
        tasks.values().forEach(task -> actions.addAll(lifecycle.step(task, facts)));
        return actions;
    }

    /** {@return the tasks, stopped ones too} */
    public Collection<Task> tasks() {
        return List.copyOf(tasks.values());
    }
}
