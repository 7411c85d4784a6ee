/** Both roads deploy the same application, side by side, under traffic, and the time of each phase is shown. */
@NullMarked
package io.deployflow.benchmark;

import org.jspecify.annotations.NullMarked;
