package io.deployflow.sandbox;

import io.deployflow.sandbox.port.ContainerRuntime;
import io.deployflow.sandbox.port.HealthProbe;
import io.deployflow.sandbox.port.LoadBalancer;
import io.deployflow.sandbox.port.Registry;

/**
 * The data plane.
 *
 * @param runtime runs containers
 * @param loadBalancer carries traffic
 * @param probe checks targets
 * @param registry holds images
 */
public record Ports(ContainerRuntime runtime, LoadBalancer loadBalancer, HealthProbe probe, Registry registry) {}
