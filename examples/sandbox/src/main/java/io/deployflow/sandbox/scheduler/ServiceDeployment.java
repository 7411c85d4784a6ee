package io.deployflow.sandbox.scheduler;

import java.time.Instant;
import java.util.Optional;

/** The record of one service deployment, kept after it has ended. Changed by the scheduler only. */
public final class ServiceDeployment {

    private final String id;
    private final Deployment target;
    private final Optional<Deployment> source;
    private final int threshold;
    private ServiceDeploymentStatus status = ServiceDeploymentStatus.PENDING;
    private BreakerStatus breaker;
    private int failureCount;
    private String reason = "";
    private Instant updatedAt;
    private Optional<Instant> startedAt = Optional.empty();
    private Optional<Instant> finishedAt = Optional.empty();
    private Optional<String> alarm = Optional.empty();
    private Optional<Rollback> rollback = Optional.empty();
    private final Optional<Progress> progress;

    ServiceDeployment(
            String id, Deployment target, Optional<Deployment> source, ServiceRules rules, boolean trafficIsAway) {
        this.id = id;
        this.target = target;
        this.source = source;
        this.threshold = rules.breakerThreshold();
        this.breaker = rules.breaker().enabled() ? BreakerStatus.MONITORING : BreakerStatus.DISABLED;
        this.updatedAt = target.createdAt();
        this.progress = Optional.of(rules.strategy())
                .filter(Strategy::staged)
                .map(strategy -> new Progress(strategy, trafficIsAway, target.createdAt()));
    }

    /**
     * A rollback.
     *
     * @param to the deployment that serves again
     * @param reason why
     * @param startedAt when it began
     */
    public record Rollback(Deployment to, String reason, Instant startedAt) {}

    /** {@return the last part of its ARN} */
    public String id() {
        return id;
    }

    /** {@return what it rolls out} */
    public Deployment target() {
        return target;
    }

    /** {@return what served before; empty for the first} */
    public Optional<Deployment> source() {
        return source;
    }

    /** {@return its status} */
    public ServiceDeploymentStatus status() {
        return status;
    }

    /** {@return the circuit breaker's status} */
    public BreakerStatus breaker() {
        return breaker;
    }

    /** {@return when the scheduler began; empty before} */
    public Optional<Instant> startedAt() {
        return startedAt;
    }

    /** {@return the alarm that failed it; empty when none did} */
    public Optional<String> alarm() {
        return alarm;
    }

    /** {@return failed tasks as the circuit breaker counts them} */
    public int failureCount() {
        return status.forward() ? target.failedTasks() : failureCount;
    }

    /** {@return failed tasks at which the circuit breaker opens} */
    public int threshold() {
        return threshold;
    }

    /** {@return why it has its status; may be empty} */
    public String reason() {
        return reason;
    }

    /** {@return when its status last changed} */
    public Instant updatedAt() {
        return updatedAt;
    }

    /** {@return when it ended; empty before} */
    public Optional<Instant> finishedAt() {
        return finishedAt;
    }

    /** {@return the rollback; empty when there was none} */
    public Optional<Rollback> rollback() {
        return rollback;
    }

    /** {@return how far it is when its strategy shifts traffic; empty for the strategy ROLLING} */
    public Optional<Progress> progress() {
        return progress;
    }

    /** Whether it leaves production traffic at tasks that are not to serve. */
    boolean leavesTrafficAway() {
        boolean arrived =
                status == ServiceDeploymentStatus.SUCCESSFUL || status == ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL;
        return !arrived && progress.filter(Progress::away).isPresent();
    }

    void begin(Instant now) {
        if (status == ServiceDeploymentStatus.PENDING) {
            startedAt = Optional.of(now);
            enter(ServiceDeploymentStatus.IN_PROGRESS, "", now);
        }
    }

    /** Takes note of a wish that the scheduler fulfils at its next decision. */
    void request(ServiceDeploymentStatus wish, String why, Instant now) {
        enter(wish, why, now);
    }

    void alarmed(String name) {
        alarm = Optional.of(name);
    }

    void trigger() {
        breaker = BreakerStatus.TRIGGERED;
    }

    void rollBack(Deployment to, String why, Instant now) {
        rollback = Optional.of(new Rollback(to, why, now));
        enter(ServiceDeploymentStatus.ROLLBACK_IN_PROGRESS, why, now);
    }

    void end(ServiceDeploymentStatus result, String why, Instant now) {
        enter(result, why, now);
        finishedAt = Optional.of(now);
        if (breaker == BreakerStatus.MONITORING) {
            breaker = BreakerStatus.MONITORING_COMPLETE;
        }
    }

    private void enter(ServiceDeploymentStatus next, String why, Instant now) {
        if (status.forward()) {
            failureCount = target.failedTasks();
        }
        status = next;
        reason = why;
        updatedAt = now;
    }
}
