/** Reads what a team has written for Capistrano; never runs any of it. */
@NullMarked
package io.deployflow.ssh.capistrano;

import org.jspecify.annotations.NullMarked;
