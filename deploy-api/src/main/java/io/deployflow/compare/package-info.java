/** Runs the same scenarios on several targets and tells what each cost, phase by phase. */
@NullMarked
package io.deployflow.compare;

import org.jspecify.annotations.NullMarked;
