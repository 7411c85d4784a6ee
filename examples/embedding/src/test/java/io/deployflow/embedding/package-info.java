@NullMarked
package io.deployflow.embedding;

import org.jspecify.annotations.NullMarked;
