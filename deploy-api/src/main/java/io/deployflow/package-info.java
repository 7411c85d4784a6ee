/** The model and the facade: what an application that embeds deployflow uses. */
@NullMarked
package io.deployflow;

import org.jspecify.annotations.NullMarked;
