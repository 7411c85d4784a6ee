@NullMarked
package io.deployflow.internal.config;

import org.jspecify.annotations.NullMarked;
