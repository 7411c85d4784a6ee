@NullMarked
package io.deployflow.internal.config.bind;

import org.jspecify.annotations.NullMarked;
