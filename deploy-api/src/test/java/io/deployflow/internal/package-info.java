@NullMarked
package io.deployflow.internal;

import org.jspecify.annotations.NullMarked;
