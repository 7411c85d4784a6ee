@NullMarked
package io.deployflow.internal.compare;

import org.jspecify.annotations.NullMarked;
