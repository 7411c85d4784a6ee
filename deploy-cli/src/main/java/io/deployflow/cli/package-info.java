/** The command line: reads the words, has a {@link io.deployflow.Deployer} work, and shows what it tells. */
@NullMarked
package io.deployflow.cli;

import org.jspecify.annotations.NullMarked;
