package io.deployflow.sandbox.scheduler;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

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
    private Optional<Boolean> alarmsWatched = Optional.empty();
    private Optional<Instant> bakingSince = Optional.empty();

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

    /** {@return tasks that failed, as the circuit breaker counts them} */
    public int failedTasks() {
        return failedTasks;
    }

    /** {@return whether it looks complete and is watched for its bake time} */
    public boolean baking() {
        return inProgress() && bakingSince.isPresent();
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
        alarmsWatched = Optional.of(false);
        bakingSince = Optional.empty();
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

    void countHealthy(boolean reset) {
        failuresInARow = 0;
        if (inProgress() && reset) {
            failedTasks = 0;
        }
    }

    boolean mayStart(Instant now) {
        return state != RolloutState.FAILED && !now.isBefore(nextStart);
    }

    void startAgainAt(Instant when) {
        nextStart = when;
    }

    /** Says, the first time, whether alarms can fail it: not when one rang already, so that a fix can be deployed. */
    boolean watchesAlarms(boolean ringing) {
        alarmsWatched = alarmsWatched.or(() -> Optional.of(!ringing));
        return alarmsWatched.orElse(false);
    }

    /** Whether it has looked complete for so long. */
    boolean baked(Duration time, Instant now) {
        bakingSince = bakingSince.or(() -> Optional.of(now));
        return bakingSince.filter(since -> now.isBefore(since.plus(time))).isEmpty();
    }

    void bakeAnew() {
        bakingSince = Optional.empty();
    }

    /** True once: the first time that a stall is seen. */
    boolean firstStall() {
        boolean first = !stallReported;
        stallReported = true;
        return first;
    }
}
