package io.deployflow.sandbox.elb;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A target group: what the client configured, and its targets. */
public final class TargetGroup {

    /** The attribute that holds the deregistration delay in seconds. */
    public static final String DEREGISTRATION_DELAY = "deregistration_delay.timeout_seconds";

    private final String arn;
    private final String name;
    private final Map<String, String> settings;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final Map<TargetRef, CheckedTarget> targets = new LinkedHashMap<>();
    private HealthCheckSettings healthCheck;

    /**
     * A group with no target and AWS's default attributes.
     *
     * @param arn its ARN
     * @param name its name
     * @param settings protocol, port, VPC and target type by their API names
     * @param healthCheck how targets are checked
     */
    public TargetGroup(String arn, String name, Map<String, String> settings, HealthCheckSettings healthCheck) {
        this.arn = arn;
        this.name = name;
        this.settings = Map.copyOf(settings);
        this.healthCheck = healthCheck;
        attributes.put(DEREGISTRATION_DELAY, "300");
        attributes.put("stickiness.enabled", "false");
        attributes.put("load_balancing.algorithm.type", "round_robin");
        attributes.put("slow_start.duration_seconds", "0");
    }

    /** {@return its ARN} */
    public String arn() {
        return arn;
    }

    /** {@return its name} */
    public String name() {
        return name;
    }

    /** {@return protocol, port, VPC and target type by their API names} */
    public Map<String, String> settings() {
        return settings;
    }

    /** {@return attributes by key, to be read and changed} */
    public Map<String, String> attributes() {
        return attributes;
    }

    /** {@return how targets are checked} */
    public HealthCheckSettings healthCheck() {
        return healthCheck;
    }

    /**
     * Changes how targets are checked.
     *
     * @param changed the settings from now on
     */
    public void healthCheck(HealthCheckSettings changed) {
        this.healthCheck = changed;
    }

    /** {@return how long a target drains, as configured} */
    public Duration deregistrationDelay() {
        return Duration.ofSeconds(Long.parseLong(attributes.getOrDefault(DEREGISTRATION_DELAY, "300")));
    }

    /** {@return the targets, to be read and changed} */
    public Map<TargetRef, CheckedTarget> targets() {
        return targets;
    }
}
