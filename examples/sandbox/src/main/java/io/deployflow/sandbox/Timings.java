package io.deployflow.sandbox;

import java.time.Duration;

/**
 * How long things take in the sandbox. Everything that AWS itself would spend time on is divided by the factor; what
 * the application spends (booting, answering) is real. API answers always show the figures that the client configured.
 *
 * @param factor 1 for AWS's own delays
 */
public record Timings(int factor) {

    /** AWS's own delays, in real seconds. */
    public static final Timings AWS = new Timings(1);

    /** A fifteenth of AWS's delays: a check interval of 30 s takes 2 s. */
    public static final Timings FAST = new Timings(15);

    /** A request is answered in real time, so its timeout is never compressed to less than this. */
    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);

    /** An application boots in real time, so this much of a grace period is never compressed. */
    private static final Duration REAL_GRACE = Duration.ofSeconds(5);

    /** For people who look at what was measured by it. */
    public String words() {
        return factor == 1 ? "AWS's own delays" : "AWS's delays divided by " + factor;
    }

    /**
     * Compresses a time that AWS would spend.
     *
     * @param configured as the client or AWS has it
     * @return real elapsed time
     */
    public Duration scale(Duration configured) {
        return configured.dividedBy(factor);
    }

    /**
     * Compresses a timeout on something that the application does.
     *
     * @param configured as the client has it
     * @return real elapsed time, at least a second unless less is configured
     */
    public Duration scaleTimeout(Duration configured) {
        return atLeast(SHORTEST_TIMEOUT, configured);
    }

    /**
     * Compresses a time given to the application to boot.
     *
     * @param configured as the client has it
     * @return real elapsed time, at least five seconds unless less is configured
     */
    public Duration scaleGrace(Duration configured) {
        return atLeast(REAL_GRACE, configured);
    }

    /** {@return time between two decisions about a service} */
    public Duration schedulerInterval() {
        return scale(Duration.ofSeconds(5));
    }

    /** {@return how long a task stays PROVISIONING} */
    public Duration provisioning() {
        return scale(Duration.ofSeconds(5));
    }

    /**
     * {@return how long after it could not be had what a task needs is asked for again, before the task is given up}
     */
    public Duration resourceRetry() {
        return scale(Duration.ofSeconds(2));
    }

    /** {@return how long a task stays DEPROVISIONING} */
    public Duration deprovisioning() {
        return scale(Duration.ofSeconds(5));
    }

    /** {@return how long a task without any check runs before it counts as healthy} */
    public Duration healthyAfterRunning() {
        return scale(Duration.ofSeconds(40));
    }

    /** {@return how long after its registration a target gets its first check} */
    public Duration targetRegistration() {
        return scale(Duration.ofSeconds(3));
    }

    /** {@return how long a new service deployment stays invisible to its own API} */
    public Duration serviceDeploymentLag() {
        return scale(Duration.ofSeconds(2));
    }

    /** {@return the longest wait between two attempts at starting tasks that keep failing} */
    public Duration longestBackoff() {
        return scale(Duration.ofMinutes(15));
    }

    private Duration atLeast(Duration least, Duration configured) {
        Duration scaled = scale(configured);
        if (scaled.compareTo(least) >= 0) {
            return scaled;
        }
        return configured.compareTo(least) < 0 ? configured : least;
    }
}
