/** Deploys a directory to hosts over SSH: staged and checked everywhere, then switched everywhere. */
@NullMarked
package io.deployflow.ssh;

import org.jspecify.annotations.NullMarked;
