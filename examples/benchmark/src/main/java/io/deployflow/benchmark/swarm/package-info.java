/** Many SSH hosts within one process, and how the SSH road grows with them. */
@NullMarked
package io.deployflow.benchmark.swarm;

import org.jspecify.annotations.NullMarked;
