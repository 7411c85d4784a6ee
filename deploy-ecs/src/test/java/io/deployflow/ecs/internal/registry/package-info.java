@NullMarked
package io.deployflow.ecs.internal.registry;

import org.jspecify.annotations.NullMarked;
