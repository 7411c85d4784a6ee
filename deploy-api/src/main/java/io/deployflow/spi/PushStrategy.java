package io.deployflow.spi;

import io.deployflow.Artifact;
import io.deployflow.ConfigurationException;
import io.deployflow.Release;
import java.nio.file.Path;

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

    /**
     * Makes a release of an artifact that somebody else built and brought to where the target takes it from.
     *
     * @param artifact its name, such as an image's
     * @throws ConfigurationException if there is none, or if the target takes only what is built for it
     */
    default R adopt(String artifact, DeployContext context) {
        throw new ConfigurationException(
                "target '" + context.target() + "' takes only what is built for it",
                "Deploy it from its source: only targets of images take one that is there.");
    }

    /**
     * Brings an artifact to where the target takes it from, and makes no release of it.
     *
     * @return its name there
     * @throws ConfigurationException if the target has no such place
     */
    default String publish(A artifact, DeployContext context) {
        throw new ConfigurationException(
                "target '" + context.target() + "' has no place for what is built alone",
                "Deploy it: only targets of images can be built for alone.");
    }

    /**
     * Writes an artifact into a file.
     *
     * @return what it is called where it is loaded
     * @throws ConfigurationException if it has no form of one file
     */
    default String save(A artifact, Path file, DeployContext context) {
        return publish(artifact, context);
    }
}
