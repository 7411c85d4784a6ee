@NullMarked
package io.deployflow.internal.config.yaml;

import org.jspecify.annotations.NullMarked;
