/** Tests of the ECS adapter. */
@NullMarked
package io.deployflow.ecs;

import org.jspecify.annotations.NullMarked;
