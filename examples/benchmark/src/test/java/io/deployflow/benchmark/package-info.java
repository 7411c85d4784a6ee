@NullMarked
package io.deployflow.benchmark;

import org.jspecify.annotations.NullMarked;
