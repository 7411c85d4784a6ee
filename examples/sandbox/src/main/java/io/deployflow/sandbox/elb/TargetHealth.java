package io.deployflow.sandbox.elb;

/**
 * The state of a target with ELBv2's reason for it.
 *
 * @param state the state
 * @param reason ELBv2's reason code, empty when healthy
 * @param description ELBv2's sentence for it, empty when healthy
 */
public record TargetHealth(TargetState state, String reason, String description) {

    static final TargetHealth HEALTHY = new TargetHealth(TargetState.HEALTHY, "", "");
    static final TargetHealth REGISTERING =
            new TargetHealth(TargetState.INITIAL, "Elb.RegistrationInProgress", "Target registration is in progress");
    static final TargetHealth FIRST_CHECKS =
            new TargetHealth(TargetState.INITIAL, "Elb.InitialHealthChecking", "Initial health checks in progress");
    static final TargetHealth DRAINING = new TargetHealth(
            TargetState.DRAINING, "Target.DeregistrationInProgress", "Target deregistration is in progress");
    static final TargetHealth NOT_IN_USE = new TargetHealth(
            TargetState.UNUSED,
            "Target.NotInUse",
            "Target group is not configured to receive traffic from the load balancer");

    /** The health of a target that its group does not hold. */
    public static final TargetHealth NOT_REGISTERED = new TargetHealth(
            TargetState.UNUSED, "Target.NotRegistered", "Target is not registered to the target group");

    static TargetHealth unhealthy(String reason, String description) {
        return new TargetHealth(TargetState.UNHEALTHY, reason, description);
    }
}
