/** What an adapter implements, and what it is given. */
@NullMarked
package io.deployflow.spi;

import org.jspecify.annotations.NullMarked;
