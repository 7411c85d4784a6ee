/**
 * What the control plane asks of the data plane. Every duration that crosses this border is real elapsed time: the
 * control plane has already compressed it if the sandbox runs on the fast clock. Implementations are thread-safe.
 */
@NullMarked
package io.deployflow.sandbox.port;

import org.jspecify.annotations.NullMarked;
