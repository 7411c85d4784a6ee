/** Words: which one was meant, and what stands for an environment variable. */
@NullMarked
package io.deployflow.internal.config.text;

import org.jspecify.annotations.NullMarked;
