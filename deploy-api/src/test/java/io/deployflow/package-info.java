@NullMarked
package io.deployflow;

import org.jspecify.annotations.NullMarked;
