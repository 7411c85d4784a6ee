package io.deployflow.sandbox.port;

import java.time.Duration;
import java.util.List;

/**
 * A container health check in Docker's terms.
 *
 * @param test {@code CMD-SHELL, line} or {@code CMD, program, argument...}
 * @param interval time between two checks
 * @param timeout time after which one check counts as failed
 * @param retries failures in a row that make the container unhealthy
 * @param startPeriod time after the start in which failures do not count
 */
public record HealthCheck(List<String> test, Duration interval, Duration timeout, int retries, Duration startPeriod) {

    /** Copies the list. */
    public HealthCheck {
        test = List.copyOf(test);
    }
}
