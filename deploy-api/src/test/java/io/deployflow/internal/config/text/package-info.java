@NullMarked
package io.deployflow.internal.config.text;

import org.jspecify.annotations.NullMarked;
