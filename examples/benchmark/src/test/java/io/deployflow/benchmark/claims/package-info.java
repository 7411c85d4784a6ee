@NullMarked
package io.deployflow.benchmark.claims;

import org.jspecify.annotations.NullMarked;
