package io.deployflow.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.DeployException;
import io.deployflow.ecs.internal.registry.Digests;
import io.deployflow.ecs.internal.registry.Json;
import io.deployflow.ecs.internal.registry.MediaTypes;
import io.deployflow.ecs.internal.registry.Pause;
import io.deployflow.ecs.internal.registry.RegistryException;
import io.deployflow.ecs.internal.registry.RegistryHttp;
import io.deployflow.ecs.internal.registry.RegistryRepository;
import io.deployflow.spi.DeployContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads from its registry what an image is. */
final class PublishedImages {
    private static final Logger LOG = LoggerFactory.getLogger(PublishedImages.class);

    /** What builders call the documents about an image that they list among its platforms. */
    private static final String NONE = "unknown";

    /** So many digits of a layer's id are told while it is pushed. */
    private static final int SHORT_ID = 12;

    private final ImageRegistry registry;

    PublishedImages(ImageRegistry registry) {
        this.registry = registry;
    }

    /**
     * Looks at an image; one that whoever deploys cannot look at can be pulled all the same.
     *
     * @param image pinned to its digest
     */
    PublishedImage of(ImageReference image, DeployContext context) {
        try (RegistryHttp http =
                new RegistryHttp(registry::login, context.cancellation(), Pause.real(), context::asked)) {
            RegistryRepository repository = RegistryRepository.pulling(http, ImageRegistry.repositoryName(image));
            Optional<byte[]> document = repository.manifest(image.digest().orElseThrow());
            return document.isPresent() ? of(repository, Json.read(document.get())) : PublishedImage.UNKNOWN;
        } catch (DeployException | RegistryException | IOException e) {
            LOG.debug("it is not known what {} is", image, e);
            return PublishedImage.UNKNOWN;
        }
    }

    private static PublishedImage of(RegistryRepository repository, JsonNode document) throws IOException {
        if (MediaTypes.isIndex(document.path("mediaType").asText(document.has("manifests") ? MediaTypes.INDEX : ""))) {
            return new PublishedImage(
                    Json.items(document.path("manifests"))
                            .map(one ->
                                    one.path("platform").path("architecture").asText())
                            .filter(PublishedImages::isOne)
                            .collect(Collectors.toSet()),
                    Map.of());
        }
        String config = document.path("config").path("digest").asText();
        try (InputStream content = repository.blob(config, 0).content()) {
            JsonNode image = Json.read(content.readAllBytes());
            String one = image.path("architecture").asText();
            return new PublishedImage(isOne(one) ? Set.of(one) : Set.of(), packed(document, image));
        }
    }

    /**
     * A manifest lists the layers as they are kept, and the image's configuration what is in them, in the same order.
     */
    private static Map<String, Long> packed(JsonNode manifest, JsonNode image) {
        JsonNode layers = manifest.path("layers");
        JsonNode contents = image.at("/rootfs/diff_ids");
        Map<String, Long> packed = new HashMap<>();
        for (int number = 0; number < Math.min(layers.size(), contents.size()); number++) {
            String digest = contents.path(number).asText();
            if (Digests.isDigest(digest)) {
                packed.put(
                        Digests.digits(digest).substring(0, SHORT_ID),
                        layers.path(number).path("size").asLong());
            }
        }
        return packed;
    }

    private static boolean isOne(String name) {
        return !name.isEmpty() && !name.equals(NONE);
    }
}
