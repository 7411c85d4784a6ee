@NullMarked
package io.deployflow.flow;

import org.jspecify.annotations.NullMarked;
