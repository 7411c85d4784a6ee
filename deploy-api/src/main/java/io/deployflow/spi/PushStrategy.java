package io.deployflow.spi;

import io.deployflow.Artifact;
import io.deployflow.Release;

/**
 * Brings an artifact to the target as a release: staged and checked on every unit, and not live anywhere.
 *
 * @param <A> what is pushed
 * @param <R> what it becomes
 */
@FunctionalInterface
public interface PushStrategy<A extends Artifact, R extends Release> {
    /**
     * Pushes. Where the target has exactly this artifact live already, the answer is the live release.
     *
     * @throws io.deployflow.PushException if it cannot be brought to every unit
     */
    R push(A artifact, DeployContext context);
}
