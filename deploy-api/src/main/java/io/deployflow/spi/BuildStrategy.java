package io.deployflow.spi;

import io.deployflow.Artifact;

/**
 * Makes the artifact from the source.
 *
 * @param <A> what it makes
 */
@FunctionalInterface
public interface BuildStrategy<A extends Artifact> {
    /**
     * Does ahead what {@link #build} will need and what changes nothing but the deploy's own work directory. It runs on
     * a thread of its own while the target is reached and locked, before it is known whether there will be a build; it
     * tells no events. What fails here is not reported: the build comes to it again.
     */
    default void prepare(DeployContext context) {
        context.source().directory();
    }

    /**
     * Builds.
     *
     * @throws io.deployflow.BuildException if the build fails; the failing step's output is in its message
     */
    A build(DeployContext context);
}
