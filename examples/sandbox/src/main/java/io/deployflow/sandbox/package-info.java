/**
 * A local stand-in for the parts of AWS that a container deploy talks to. The control plane (model, scheduler, HTTP
 * front) is here and in the sub-packages; the data plane (containers, load balancer, registry) implements
 * {@link io.deployflow.sandbox.port}.
 */
@NullMarked
package io.deployflow.sandbox;

import org.jspecify.annotations.NullMarked;
