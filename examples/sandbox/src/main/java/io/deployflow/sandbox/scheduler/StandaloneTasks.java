package io.deployflow.sandbox.scheduler;

import io.deployflow.sandbox.Timings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tasks that RunTask started, which belong to no service. Not thread-safe. */
public final class StandaloneTasks {

    private final TaskLifecycle lifecycle;
    private final Capacity capacity;
    private final Ids ids;
    private final Map<String, Task> tasks = new LinkedHashMap<>();
    private final List<Action> queued = new ArrayList<>();

    /**
     * With no task.
     *
     * @param capacity where they run
     * @param timings compresses AWS's delays
     * @param ids makes task ids
     */
    public StandaloneTasks(Capacity capacity, Timings timings, Ids ids) {
        this.capacity = capacity;
        this.lifecycle = new TaskLifecycle(timings);
        this.ids = ids;
    }

    /**
     * Starts a task.
     *
     * @param plan what it is made from
     * @param startedBy what the caller gave, may be empty
     * @param now the time
     * @return the new task, or what the cluster has too little of: {@code memory} or {@code CPU units}
     */
    public Run run(TaskPlan plan, String startedBy, Instant now) {
        Task task = new Task(ids.task(), startedBy, plan, now);
        Optional<String> shortage = capacity.reserve(task.id(), plan.demand());
        if (shortage.isEmpty()) {
            tasks.put(task.id(), task);
        }
        return new Run(Optional.of(task).filter(started -> shortage.isEmpty()), shortage);
    }

    /**
     * What came of a wish to run a task.
     *
     * @param task the new task; empty when it does not fit
     * @param shortage what there is too little of; empty when it fits
     */
    public record Run(Optional<Task> task, Optional<String> shortage) {}

    /**
     * Stops a task.
     *
     * @param task one of {@link #tasks}
     * @param reason what the caller gave, may be empty
     * @param now the time
     */
    public void stop(Task task, String reason, Instant now) {
        interrupt(task, Stop.byUser(reason), now);
    }

    /**
     * Takes a task away because what it runs on goes.
     *
     * @param task one of {@link #tasks}
     * @param why why
     * @param now the time
     */
    public void interrupt(Task task, Stop why, Instant now) {
        queued.addAll(lifecycle.stop(task, why, now));
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
        tasks.values().forEach(task -> {
            actions.addAll(lifecycle.step(task, facts));
            capacity.release(task);
        });
        tasks.values().removeIf(task -> task.forgotten(facts.now()));
        return actions;
    }

    /** {@return the tasks, those that stopped within the last hour too} */
    public Collection<Task> tasks() {
        return List.copyOf(tasks.values());
    }
}
