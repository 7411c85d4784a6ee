@NullMarked
package io.deployflow.ssh;

import org.jspecify.annotations.NullMarked;
