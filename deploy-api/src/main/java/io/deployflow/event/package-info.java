/** What a deploy tells while it runs. */
@NullMarked
package io.deployflow.event;

import org.jspecify.annotations.NullMarked;
