/** Containers against SSH: what is claimed of each, one by one, with an experiment behind it. */
@NullMarked
package io.deployflow.benchmark.claims;

import org.jspecify.annotations.NullMarked;
