package io.deployflow.sandbox.scheduler;

import io.deployflow.sandbox.port.ContainerSpec;

/**
 * A container of a task definition, ready to start.
 *
 * @param spec how to start it, image resolved and durations compressed
 * @param image the image reference as the task definition has it
 * @param essential whether the task ends with it
 */
public record PlannedContainer(ContainerSpec spec, String image, boolean essential) {}
