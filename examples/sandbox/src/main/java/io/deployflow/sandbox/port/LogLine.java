package io.deployflow.sandbox.port;

import java.time.Instant;

/**
 * A line of a container's output.
 *
 * @param time when it was written
 * @param message the line without its end
 */
public record LogLine(Instant time, String message) {}
