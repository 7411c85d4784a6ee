package io.deployflow.ecs.internal.layers;

import io.deployflow.ecs.internal.registry.Blob;
import io.deployflow.ecs.internal.registry.Digests;
import io.deployflow.ecs.internal.registry.MediaTypes;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * An image for one platform or several, ready to be sent.
 *
 * @param images one a platform
 * @param blobs makes the layers' bytes, by digest, when they are needed
 * @param known what the repository has already
 */
public record BuiltImage(List<Image> images, Map<String, Supplier<Blob>> blobs, KnownLayers known) {
    /** Copies the collections. */
    public BuiltImage {
        images = List.copyOf(images);
        blobs = Map.copyOf(blobs);
    }

    /** Its document: the manifest, or the index of several. */
    public byte[] document() {
        return images.size() == 1 ? images.get(0).manifest() : ImageMaker.index(images);
    }

    /** Makes the bytes of one of its own layers. */
    Supplier<Blob> blob(String digest) {
        Supplier<Blob> blob = blobs.get(digest);
        if (blob == null) {
            throw new IllegalStateException("the image has no layer " + digest);
        }
        return blob;
    }

    /** The media type of that. */
    public String mediaType() {
        return images.size() == 1 ? MediaTypes.MANIFEST : MediaTypes.INDEX;
    }

    /** Its name. */
    public String digest() {
        return Digests.of(document());
    }
}
