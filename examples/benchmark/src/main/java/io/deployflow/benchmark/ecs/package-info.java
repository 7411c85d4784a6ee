/** How soon and how surely the ECS road tells what became of a rollout, and whether clients notice one. */
@NullMarked
package io.deployflow.benchmark.ecs;

import org.jspecify.annotations.NullMarked;
