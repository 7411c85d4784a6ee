/**
 * A data plane in memory: containers that only do what a script says, in virtual time. No Docker engine, no process, no
 * traffic.
 */
@NullMarked
package io.deployflow.sandbox.simulated;

import org.jspecify.annotations.NullMarked;
