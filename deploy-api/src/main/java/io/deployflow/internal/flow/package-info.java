/** Runs flows: which job when, its checkout, its steps, and what they leave. */
@NullMarked
package io.deployflow.internal.flow;

import org.jspecify.annotations.NullMarked;
