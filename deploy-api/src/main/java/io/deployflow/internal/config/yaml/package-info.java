/** YAML as a small tree in which everything knows where it stands. */
@NullMarked
package io.deployflow.internal.config.yaml;

import org.jspecify.annotations.NullMarked;
