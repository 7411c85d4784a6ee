/** Says what a CircleCI file says as a flow, and points out the mistakes in it that a machine can see. */
@NullMarked
package io.deployflow.internal.circleci;

import org.jspecify.annotations.NullMarked;
