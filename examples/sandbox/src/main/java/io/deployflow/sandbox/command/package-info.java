/** The process behind {@code bin/sandbox}, and the files that it leaves for other tools. */
@NullMarked
package io.deployflow.sandbox.command;

import org.jspecify.annotations.NullMarked;
