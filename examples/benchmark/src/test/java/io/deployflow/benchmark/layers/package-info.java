@NullMarked
package io.deployflow.benchmark.layers;

import org.jspecify.annotations.NullMarked;
