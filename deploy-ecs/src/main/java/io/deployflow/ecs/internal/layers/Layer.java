package io.deployflow.ecs.internal.layers;

import io.deployflow.ecs.internal.registry.Digests;

/**
 * A layer as a registry knows it.
 *
 * @param name for people
 * @param key of its content; see {@link LayerContent#key()}
 * @param digest of its compressed bytes
 * @param size of those
 * @param diffId digest of its bytes before they were compressed
 */
public record Layer(String name, String key, String digest, long size, String diffId) {
    /** Checks the digests: they become names of files. */
    public Layer {
        if (!Digests.isDigest(digest) || !Digests.isDigest(diffId)) {
            throw new IllegalArgumentException("'" + digest + "' or '" + diffId + "' is not a digest");
        }
    }

    /** The same under another name. */
    Layer named(String other) {
        return new Layer(other, key, digest, size, diffId);
    }
}
