/** What ECS stores: clusters, task definitions, services, tags; and how a task definition becomes a plan. */
@NullMarked
package io.deployflow.sandbox.ecs;

import org.jspecify.annotations.NullMarked;
