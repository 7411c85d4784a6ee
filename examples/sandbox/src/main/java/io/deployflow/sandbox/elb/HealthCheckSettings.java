package io.deployflow.sandbox.elb;

import java.time.Duration;
import java.util.Arrays;

/**
 * How a target group checks its targets, with the figures that the client configured.
 *
 * @param path path of the request
 * @param port {@code traffic-port}, or a fixed port
 * @param interval time between two checks of a target
 * @param timeout time within which the answer must come
 * @param healthyThreshold passes in a row that make an unhealthy target healthy
 * @param unhealthyThreshold failures in a row that make a target unhealthy
 * @param matcher statuses that pass: {@code 200}, {@code 200,202} or {@code 200-399}
 */
public record HealthCheckSettings(
        String path,
        String port,
        Duration interval,
        Duration timeout,
        int healthyThreshold,
        int unhealthyThreshold,
        String matcher) {

    /** AWS's defaults for an HTTP target group. */
    public static final HealthCheckSettings DEFAULTS =
            new HealthCheckSettings("/", "traffic-port", Duration.ofSeconds(30), Duration.ofSeconds(5), 5, 2, "200");

    /**
     * Whether a status passes.
     *
     * @param status an HTTP status
     * @return true when the matcher names it
     */
    public boolean passes(int status) {
        return Arrays.stream(matcher.split(",", -1)).anyMatch(part -> inRange(part.trim(), status));
    }

    /**
     * The port that is checked.
     *
     * @param targetPort the port that the target serves on
     * @return that port, or the fixed one
     */
    public int checkedPort(int targetPort) {
        return port.equals("traffic-port") ? targetPort : Integer.parseInt(port);
    }

    private static boolean inRange(String range, int status) {
        int dash = range.indexOf('-');
        if (dash < 0) {
            return range.equals(Integer.toString(status));
        }
        return Integer.parseInt(range.substring(0, dash)) <= status
                && status <= Integer.parseInt(range.substring(dash + 1));
    }
}
