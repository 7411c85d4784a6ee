@NullMarked
package io.deployflow.benchmark.swarm;

import org.jspecify.annotations.NullMarked;
