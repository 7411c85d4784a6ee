@NullMarked
package io.deployflow.spi;

import org.jspecify.annotations.NullMarked;
