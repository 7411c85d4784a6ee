/** The local Docker engine: the sandbox's images, its containers, and the runtime of tasks. */
@NullMarked
package io.deployflow.sandbox.docker;

import org.jspecify.annotations.NullMarked;
