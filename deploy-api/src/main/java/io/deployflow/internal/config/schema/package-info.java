/** Describes {@code deploy.yml} for editors. */
@NullMarked
package io.deployflow.internal.config.schema;

import org.jspecify.annotations.NullMarked;
