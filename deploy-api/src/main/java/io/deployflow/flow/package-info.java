/**
 * The flow: jobs of steps, from a merge to a deploy, the same on a laptop, on any CI and from a git hook.
 * {@link io.deployflow.flow.Flow} runs it; the settings are the section {@code flow} of {@code deploy.yml}.
 */
@NullMarked
package io.deployflow.flow;

import org.jspecify.annotations.NullMarked;
