package io.deployflow.ecs;

import io.deployflow.spi.DeployContext;
import java.util.Map;

/**
 * An image that was brought to the registry.
 *
 * @param reference the repository pinned to the digest
 * @param content of the layers that were sent: their short ids and bytes before they were packed, as far as the engine
 *     told; none where the bytes that were sent have been told already
 */
record PushedImage(ImageReference reference, Map<String, Long> content) {
    PushedImage {
        content = Map.copyOf(content);
    }

    /**
     * Tells how many bytes of each layer went to the registry. The engine packs a layer as it sends it, and tells only
     * how far it is in what it packs; what that came to stands in the registry's manifest.
     */
    void tell(PublishedImage there, DeployContext context) {
        content.forEach((layer, bytes) -> {
            long sent = there.packed().getOrDefault(layer, bytes);
            context.progressBytes(layer, PushLog.WORK, sent, sent);
        });
        if (there.equals(PublishedImage.UNKNOWN)) {
            context.output(
                    "registry",
                    "how large the packed layers are could not be read: their bytes are those before they were packed");
        }
    }
}
