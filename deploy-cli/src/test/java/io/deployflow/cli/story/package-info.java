/** Stories: the command line as a process of its own, against real hosts and a real cluster. */
@NullMarked
package io.deployflow.cli.story;

import org.jspecify.annotations.NullMarked;
