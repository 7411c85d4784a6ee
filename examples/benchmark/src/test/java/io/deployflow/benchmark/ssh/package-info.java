@NullMarked
package io.deployflow.benchmark.ssh;

import org.jspecify.annotations.NullMarked;
