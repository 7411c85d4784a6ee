package io.deployflow.sandbox.scheduler;

/**
 * A port of a container that is registered with a target group.
 *
 * @param groupArn the target group
 * @param container the container's name
 * @param containerPort the port inside it
 */
public record TargetPort(String groupArn, String container, int containerPort) {}
