package io.deployflow.sandbox.elb;

import io.deployflow.sandbox.port.HealthProbe.Result;
import java.time.Duration;
import java.time.Instant;

/**
 * The health of one target as a state machine: it is told the time and the results of checks, and says when the next
 * check is due. A new target is healthy after one pass, whatever the threshold, as with ELBv2.
 */
public final class CheckedTarget {

    private TargetHealth health = TargetHealth.REGISTERING;
    private Instant nextCheck;
    private Instant drainedAt = Instant.MAX;
    private boolean awaiting;
    private int passes;
    private int failures;

    /**
     * A target that was just registered.
     *
     * @param firstCheck when its first check is due
     */
    public CheckedTarget(Instant firstCheck) {
        this.nextCheck = firstCheck;
    }

    /**
     * Whether a check should be sent now.
     *
     * @param now the time
     * @return false while draining, or while the answer to a check is awaited
     */
    public boolean due(Instant now) {
        return health.state() != TargetState.DRAINING && !awaiting && !now.isBefore(nextCheck);
    }

    /**
     * Says that a check was sent.
     *
     * @param now the time
     * @param interval time until the next one
     */
    public void sent(Instant now, Duration interval) {
        awaiting = true;
        nextCheck = now.plus(interval);
        if (health.equals(TargetHealth.REGISTERING)) {
            health = TargetHealth.FIRST_CHECKS;
        }
    }

    /**
     * Takes the result of a check. One that comes after the deregistration changes nothing.
     *
     * @param result what came of it
     * @param settings the group's settings
     */
    public void checked(Result result, HealthCheckSettings settings) {
        awaiting = false;
        if (health.state() == TargetState.DRAINING) {
            return;
        }
        if (result instanceof Result.Answered answer && settings.passes(answer.status())) {
            pass(settings);
        } else {
            fail(result, settings);
        }
    }

    /**
     * Begins to drain. Harmless when already draining.
     *
     * @param now the time
     * @param delay how long requests in flight may take
     */
    public void deregister(Instant now, Duration delay) {
        if (health.state() != TargetState.DRAINING) {
            health = TargetHealth.DRAINING;
            drainedAt = now.plus(delay);
        }
    }

    /**
     * Whether draining is over, so that the target can be forgotten.
     *
     * @param now the time
     * @return false when not draining
     */
    public boolean drained(Instant now) {
        return !now.isBefore(drainedAt);
    }

    /**
     * The health now.
     *
     * @return state and reason
     */
    public TargetHealth health() {
        return health;
    }

    private void pass(HealthCheckSettings settings) {
        passes++;
        failures = 0;
        if (health.state() == TargetState.INITIAL || passes >= settings.healthyThreshold()) {
            health = TargetHealth.HEALTHY;
        }
    }

    private void fail(Result result, HealthCheckSettings settings) {
        failures++;
        passes = 0;
        if (failures >= settings.unhealthyThreshold() || health.state() == TargetState.UNHEALTHY) {
            health = unhealthy(result);
        }
    }

    private static TargetHealth unhealthy(Result result) {
        if (result instanceof Result.Answered answer) {
            return TargetHealth.unhealthy(
                    "Target.ResponseCodeMismatch", "Health checks failed with these codes: [" + answer.status() + "]");
        }
        if (result instanceof Result.TimedOut) {
            return TargetHealth.unhealthy("Target.Timeout", "Request timed out");
        }
        return TargetHealth.unhealthy("Target.FailedHealthChecks", "Health checks failed");
    }
}
