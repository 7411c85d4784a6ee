@NullMarked
package io.deployflow.benchmark.ecs;

import org.jspecify.annotations.NullMarked;
