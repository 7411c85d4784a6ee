package io.deployflow.sandbox.scheduler;

import java.time.Instant;

/**
 * A line of a service's event log.
 *
 * @param id a UUID
 * @param createdAt when it happened
 * @param message ECS's sentence
 */
public record ServiceEvent(String id, Instant createdAt, String message) {}
