package io.deployflow.ecs;

import java.time.Duration;
import java.util.Objects;

/**
 * What of a target group decides how long a rollout takes.
 *
 * @param name its name
 * @param interval time between two health checks of a target
 * @param delay how long a target drains
 */
record TargetGroupSettings(String name, Duration interval, Duration delay) {
    /** Of a new target group. */
    static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(30);

    /** Of a new target group. */
    static final Duration DEFAULT_DELAY = Duration.ofMinutes(5);

    TargetGroupSettings {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(interval, "interval");
        Objects.requireNonNull(delay, "delay");
    }

    /** The name in a target group's ARN. */
    static String name(String arn) {
        String[] parts = arn.split("/", -1);
        return parts.length > 1 ? parts[parts.length - 2] : arn;
    }
}
