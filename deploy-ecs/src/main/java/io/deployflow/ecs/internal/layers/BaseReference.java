package io.deployflow.ecs.internal.layers;

import io.deployflow.ecs.internal.registry.RepositoryName;
import java.util.Optional;

/**
 * The base image that is asked for.
 *
 * @param text as it stands in the settings
 * @param repository where it is
 * @param tag the tag; {@code latest} where neither it nor a digest is given
 * @param digest what it is pinned to
 */
public record BaseReference(String text, RepositoryName repository, Optional<String> tag, Optional<String> digest) {
    /** The name of the empty image. */
    public static final String SCRATCH = "scratch";

    /** Completes it. */
    public BaseReference {
        if (tag.isEmpty() && digest.isEmpty()) {
            tag = Optional.of("latest");
        }
    }

    /** Whether it is the empty image. */
    public boolean isScratch() {
        return text.equals(SCRATCH);
    }
}
