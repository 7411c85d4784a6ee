/**
 * The ECS scheduler as a pure state machine: it takes commands, observed facts and the time, and answers with actions.
 * No input or output, no threads, no clock of its own.
 */
@NullMarked
package io.deployflow.sandbox.scheduler;

import org.jspecify.annotations.NullMarked;
