/** The HTTP front: AWS JSON 1.1 and Query/XML on one endpoint, injected faults, and a log of the calls. */
@NullMarked
package io.deployflow.sandbox.wire;

import org.jspecify.annotations.NullMarked;
