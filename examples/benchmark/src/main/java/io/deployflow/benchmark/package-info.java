/** What both roads cost, beside each other and beside the tools that people use today. */
@NullMarked
package io.deployflow.benchmark;

import org.jspecify.annotations.NullMarked;
