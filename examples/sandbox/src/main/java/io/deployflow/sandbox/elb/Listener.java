package io.deployflow.sandbox.elb;

/**
 * A listener that forwards everything to one target group.
 *
 * @param arn its ARN
 * @param loadBalancerArn the load balancer that it belongs to
 * @param name its name at the reverse proxy
 * @param protocol HTTP
 * @param port the open port of 127.0.0.1
 * @param targetGroupArn where requests go
 */
public record Listener(
        String arn, String loadBalancerArn, String name, String protocol, int port, String targetGroupArn) {}
