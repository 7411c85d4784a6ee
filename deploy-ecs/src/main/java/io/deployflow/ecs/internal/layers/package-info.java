/** An image out of files, without a Docker engine: the same files give the same bytes on every machine. */
@NullMarked
package io.deployflow.ecs.internal.layers;

import org.jspecify.annotations.NullMarked;
