@NullMarked
package io.deployflow.internal.flow;

import org.jspecify.annotations.NullMarked;
