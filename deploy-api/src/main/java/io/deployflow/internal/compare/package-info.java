/** How a comparison is run, and what is made of its report. */
@NullMarked
package io.deployflow.internal.compare;

import org.jspecify.annotations.NullMarked;
