package io.deployflow.ecs.internal.layers;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.ecs.internal.registry.Digests;
import io.deployflow.ecs.internal.registry.Json;
import io.deployflow.ecs.internal.registry.MediaTypes;
import java.util.List;

/**
 * What a base image is on one platform: its manifest and its configuration, without any layer's bytes.
 *
 * @param platform what it runs on
 * @param layers from the bottom up
 * @param config what it runs, and the digests of its layers before compression
 */
public record BaseImage(Platform platform, List<LayerRef> layers, JsonNode config) {

    /**
     * A layer by its digest.
     *
     * @param mediaType OCI's
     * @param digest of its compressed bytes
     * @param size of those
     */
    public record LayerRef(String mediaType, String digest, long size) {
        /** Checks the digest: it becomes the name of a file. */
        public LayerRef {
            if (!Digests.isDigest(digest)) {
                throw new IllegalArgumentException("'" + digest + "' is not a digest");
            }
        }
    }

    /** Reads both. */
    static BaseImage of(JsonNode manifest, JsonNode config) {
        List<LayerRef> layers = Json.items(manifest.path("layers"))
                .map(layer -> new LayerRef(
                        MediaTypes.layer(layer.path("mediaType").asText()),
                        layer.path("digest").asText(),
                        layer.path("size").asLong()))
                .toList();
        return new BaseImage(Platform.of(config), layers, config);
    }

    /** The same as an index lists it, which may say a variant that the configuration does not. */
    BaseImage listedAs(Platform listed) {
        return platform.isMetBy(listed) ? new BaseImage(listed, layers, config) : this;
    }

    /** An image with nothing in it: what {@code scratch} is. */
    static BaseImage scratch(Platform platform) {
        return new BaseImage(platform, List.of(), platform.json());
    }
}
