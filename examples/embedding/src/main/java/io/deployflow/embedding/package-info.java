/** A team's own deploy tool over the library, without and with Guice. */
@NullMarked
package io.deployflow.embedding;

import org.jspecify.annotations.NullMarked;
