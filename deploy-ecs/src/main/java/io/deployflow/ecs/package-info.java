/** Deploys container images with Amazon ECS. Only the adapter and its settings are public. */
@NullMarked
package io.deployflow.ecs;

import org.jspecify.annotations.NullMarked;
