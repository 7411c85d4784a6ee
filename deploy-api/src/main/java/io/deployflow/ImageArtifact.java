package io.deployflow;

import java.util.Objects;

/**
 * A container image that was built and is not yet pushed.
 *
 * @param revision the source's version
 * @param image how the builder names it: an id ({@code sha256:...}) in a Docker engine, or a local reference
 */
public record ImageArtifact(Revision revision, String image) implements Artifact {
    /** Checks that nothing is missing. */
    public ImageArtifact {
        Objects.requireNonNull(revision, "revision");
        Objects.requireNonNull(image, "image");
    }
}
