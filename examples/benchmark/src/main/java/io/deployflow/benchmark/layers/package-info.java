/** What one changed file costs as an image: layers against {@code docker build} and {@code docker push}. */
@NullMarked
package io.deployflow.benchmark.layers;

import org.jspecify.annotations.NullMarked;
