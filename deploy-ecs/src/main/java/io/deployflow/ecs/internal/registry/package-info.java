/** A client of the OCI distribution API: what a registry is asked and sent, and how it is asked again. */
@NullMarked
package io.deployflow.ecs.internal.registry;

import org.jspecify.annotations.NullMarked;
