package io.deployflow.sandbox.elb;

/**
 * A target of a group.
 *
 * @param groupArn the target group
 * @param host an address, 127.0.0.1 for a container
 * @param port a port of the host
 */
public record TargetRef(String groupArn, String host, int port) {}
