package io.deployflow.ecs;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything of a service that decides how long a rollout takes at the least.
 *
 * @param batch how many tasks may be stopped and started at a time
 * @param shift how the traffic goes over
 * @param start from the request of a task until its containers run
 * @param check what makes a task count as healthy
 * @param drain what makes an old task wait before it is stopped, if anything does
 * @param stop from the end of draining until an old task is gone
 */
record RolloutSettings(
        Batch batch, TrafficShift shift, Duration start, HealthWait check, Optional<Drain> drain, Duration stop) {

    /**
     * How long connections are drained.
     *
     * @param group name of the target group
     * @param delay its deregistration delay
     */
    record Drain(String group, Duration delay) {}

    RolloutSettings {
        Objects.requireNonNull(batch, "batch");
        Objects.requireNonNull(shift, "shift");
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(check, "check");
        Objects.requireNonNull(drain, "drain");
        Objects.requireNonNull(stop, "stop");
    }

    /** How long an old task drains. */
    Duration draining() {
        return drain.map(Drain::delay).orElse(Duration.ZERO);
    }

    /** The same with another deregistration delay. */
    RolloutSettings draining(Duration delay) {
        return new RolloutSettings(
                batch, shift, start, check, drain.map(there -> new Drain(there.group(), delay)), stop);
    }

    /** The same where tasks are healthy sooner or later. */
    RolloutSettings healthyAfter(Duration wait) {
        return new RolloutSettings(batch, shift, start, check.taking(wait), drain, stop);
    }

    /** The same with other batches. */
    RolloutSettings with(Batch other) {
        return new RolloutSettings(other, shift, start, check, drain, stop);
    }

    /** The same where the traffic goes over in another way. */
    RolloutSettings with(TrafficShift other) {
        return new RolloutSettings(batch, other, start, check, drain, stop);
    }
}
