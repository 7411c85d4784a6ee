package io.deployflow.sandbox.scheduler;

import io.deployflow.sandbox.elb.TargetRef;
import io.deployflow.sandbox.port.ContainerStatus;
import io.deployflow.sandbox.port.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One task and all that is known of it. Changed by {@link TaskLifecycle} and the scheduler only. */
public final class Task {

    /** How long a stopped task stays listed. */
    private static final Duration STOPPED_KEPT = Duration.ofHours(1);

    private final String id;
    private final String startedBy;
    private final TaskPlan plan;
    private final Map<Moment, Instant> moments = new EnumMap<>(Moment.class);
    private TaskState state = TaskState.PROVISIONING;
    private List<ContainerStatus> containers = List.of();
    private List<TargetRef> targets = List.of();
    private Optional<Stop> stop = Optional.empty();
    private boolean provedHealthy;

    Task(String id, String startedBy, TaskPlan plan, Instant createdAt) {
        this.id = id;
        this.startedBy = startedBy;
        this.plan = plan;
        moments.put(Moment.CREATED, createdAt);
    }

    /** {@return the last part of its ARN} */
    public String id() {
        return id;
    }

    /** {@return the deployment's id, or what RunTask was given} */
    public String startedBy() {
        return startedBy;
    }

    /** {@return what it is made from} */
    public TaskPlan plan() {
        return plan;
    }

    /** {@return where it is in its life} */
    public TaskState state() {
        return state;
    }

    /** {@return its containers as last seen; empty before they are started} */
    public List<ContainerStatus> containers() {
        return containers;
    }

    /** {@return what was registered for it; empty before it runs} */
    public List<TargetRef> targets() {
        return targets;
    }

    /** {@return why it stops; empty when it is to run} */
    public Optional<Stop> stop() {
        return stop;
    }

    /** {@return whether it is to run} */
    public boolean live() {
        return stop.isEmpty();
    }

    /** {@return whether it runs and is to run} */
    public boolean running() {
        return live() && state == TaskState.RUNNING;
    }

    /** {@return whether it is over} */
    public boolean stopped() {
        return state == TaskState.STOPPED;
    }

    /**
     * When something happened.
     *
     * @param moment what
     * @return empty when it has not happened
     */
    public Optional<Instant> at(Moment moment) {
        return Optional.ofNullable(moments.get(moment));
    }

    /** Whether it was over for so long that it is not listed any more. */
    boolean forgotten(Instant now) {
        return at(Moment.STOPPED)
                .filter(when -> when.plus(STOPPED_KEPT).isBefore(now))
                .isPresent();
    }

    /** {@return whether it was healthy at any time} */
    boolean provedHealthy() {
        return provedHealthy;
    }

    void proveHealthy() {
        provedHealthy = true;
    }

    void enter(TaskState next) {
        state = next;
    }

    void mark(Moment moment, Instant when) {
        moments.putIfAbsent(moment, when);
    }

    void observe(TaskStatus status) {
        containers = status.containers();
        status.pullStartedAt().ifPresent(when -> mark(Moment.PULL_STARTED, when));
        status.pullStoppedAt().ifPresent(when -> mark(Moment.PULL_STOPPED, when));
    }

    void register(List<TargetRef> registered) {
        targets = List.copyOf(registered);
    }

    void stopFor(Stop why, Instant when) {
        stop = Optional.of(why);
        mark(Moment.STOPPING, when);
    }
}
