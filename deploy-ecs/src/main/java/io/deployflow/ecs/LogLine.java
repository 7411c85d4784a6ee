package io.deployflow.ecs;

import java.time.Instant;

/**
 * One line of a container.
 *
 * @param at when it was written
 * @param stream the stream that it is in
 * @param text the line
 */
record LogLine(Instant at, String stream, String text) {}
