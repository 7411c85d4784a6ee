package io.deployflow.sandbox.scheduler;

import java.time.Instant;

/** A deployment of a service, as {@code deployments[]} shows it. Changed by the scheduler only. */
public final class Deployment {

    private final String number;
    private final TaskPlan plan;
    private final Instant createdAt;
    private Instant updatedAt;
    private RolloutState state = RolloutState.IN_PROGRESS;
    private String reason;
    private int failedTasks;
    private int failuresInARow;
    private Instant nextStart = Instant.MIN;
    private boolean stallReported;

    Deployment(String number, TaskPlan plan, Instant createdAt) {
        this.number = number;
        this.plan = plan;
        this.createdAt = createdAt;
        this.updatedAt = createdAt;
        this.reason = "ECS deployment %s in progress.".formatted(id());
    }

    /** {@return {@code ecs-svc/NUMBER}} */
    public String id() {
        return "ecs-svc/" + number;
    }

    /** {@return the number, which its service revision shares} */
    public String number() {
        return number;
    }

    /** {@return what its tasks are made from} */
    public TaskPlan plan() {
        return plan;
    }

    /** {@return when it was created} */
    public Instant createdAt() {
        return createdAt;
    }

    /** {@return when its state last changed} */
    public Instant updatedAt() {
        return updatedAt;
    }

    /** {@return rolloutState} */
    public RolloutState state() {
        return state;
    }

    /** {@return rolloutStateReason} */
    public String reason() {
        return reason;
    }

    /** {@return tasks that failed since the last one that became healthy} */
    public int failedTasks() {
        return failedTasks;
    }

    boolean inProgress() {
        return state == RolloutState.IN_PROGRESS;
    }

    void enter(RolloutState next, String why, Instant now) {
        state = next;
        reason = why;
        updatedAt = now;
    }

    void restart(String why, Instant now) {
        failedTasks = 0;
        failuresInARow = 0;
        nextStart = Instant.MIN;
        stallReported = false;
        enter(RolloutState.IN_PROGRESS, why, now);
    }

    void countFailure() {
        if (inProgress()) {
            failedTasks++;
        }
    }

    /** Counts a task that did not stay up by itself, and answers how many did so in a row. */
    int countCrash() {
        return ++failuresInARow;
    }

    void countHealthy() {
        failuresInARow = 0;
        if (inProgress()) {
            failedTasks = 0;
        }
    }

    boolean mayStart(Instant now) {
        return state != RolloutState.FAILED && !now.isBefore(nextStart);
    }

    void startAgainAt(Instant when) {
        nextStart = when;
    }

    /** True once: the first time that a stall is seen. */
    boolean firstStall() {
        boolean first = !stallReported;
        stallReported = true;
        return first;
    }
}
