/** The load balancer: one HAProxy for each listener, changed through its runtime API without dropping a request. */
@NullMarked
package io.deployflow.sandbox.balancer;

import org.jspecify.annotations.NullMarked;
