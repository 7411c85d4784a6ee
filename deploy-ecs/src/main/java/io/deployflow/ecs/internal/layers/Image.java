package io.deployflow.ecs.internal.layers;

import io.deployflow.ecs.internal.registry.Digests;
import java.util.List;

/**
 * An image of one platform.
 *
 * @param base what it stands on
 * @param layers its own, from the bottom up
 * @param config its configuration's bytes
 * @param manifest its manifest's bytes
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; written once.
public record Image(BaseImage base, List<Layer> layers, byte[] config, byte[] manifest) {
    /** Copies the list. */
    public Image {
        layers = List.copyOf(layers);
    }

    /** The digest of its manifest, which is its name. */
    public String digest() {
        return Digests.of(manifest);
    }
}
