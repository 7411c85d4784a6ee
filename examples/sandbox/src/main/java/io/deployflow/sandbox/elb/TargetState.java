package io.deployflow.sandbox.elb;

import java.util.Locale;

/** The states of a target, as ELBv2 names them. */
public enum TargetState {
    /** Registered; no check has decided yet. */
    INITIAL,
    /** Passing its checks. */
    HEALTHY,
    /** Failing its checks. */
    UNHEALTHY,
    /** Not registered, or its group serves no listener. */
    UNUSED,
    /** Deregistered; requests in flight may finish. */
    DRAINING;

    /**
     * The name in API answers.
     *
     * @return lower case
     */
    public String apiName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
