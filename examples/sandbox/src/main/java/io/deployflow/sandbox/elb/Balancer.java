package io.deployflow.sandbox.elb;

import java.time.Instant;

/**
 * A load balancer as the API shows it. It does nothing: its listeners do.
 *
 * @param arn its ARN
 * @param name its name
 * @param scheme internet-facing or internal
 * @param createdAt when it was created
 */
public record Balancer(String arn, String name, String scheme, Instant createdAt) {}
