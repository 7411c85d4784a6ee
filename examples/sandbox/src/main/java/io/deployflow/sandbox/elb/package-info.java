/**
 * Load balancers, target groups and the health of targets, as a pure model: no input or output, no clock of its own.
 */
@NullMarked
package io.deployflow.sandbox.elb;

import org.jspecify.annotations.NullMarked;
