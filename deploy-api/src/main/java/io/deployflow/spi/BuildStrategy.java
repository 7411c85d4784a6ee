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
     * Builds.
     *
     * @throws io.deployflow.BuildException if the build fails; the failing step's output is in its message
     */
    A build(DeployContext context);
}
