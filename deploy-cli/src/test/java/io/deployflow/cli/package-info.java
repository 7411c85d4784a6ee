@NullMarked
package io.deployflow.cli;

import org.jspecify.annotations.NullMarked;
