/** The operations of the API: one class for each group of them, and the views that make their answers. */
@NullMarked
package io.deployflow.sandbox.api;

import org.jspecify.annotations.NullMarked;
