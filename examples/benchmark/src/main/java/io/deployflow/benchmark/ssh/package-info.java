/** The SSH road against the tools that people use today, on the same hosts in the same run. */
@NullMarked
package io.deployflow.benchmark.ssh;

import org.jspecify.annotations.NullMarked;
