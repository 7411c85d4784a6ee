@NullMarked
package io.deployflow.ecs.internal.layers;

import org.jspecify.annotations.NullMarked;
