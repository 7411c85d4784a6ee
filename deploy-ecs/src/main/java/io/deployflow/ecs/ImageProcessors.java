package io.deployflow.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.DeployException;
import io.deployflow.ecs.internal.registry.Json;
import io.deployflow.ecs.internal.registry.MediaTypes;
import io.deployflow.ecs.internal.registry.Pause;
import io.deployflow.ecs.internal.registry.RegistryException;
import io.deployflow.ecs.internal.registry.RegistryHttp;
import io.deployflow.ecs.internal.registry.RegistryRepository;
import io.deployflow.spi.DeployContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads from its registry for which processors an image is. */
final class ImageProcessors {
    private static final Logger LOG = LoggerFactory.getLogger(ImageProcessors.class);

    /** What builders call the documents about an image that they list among its platforms. */
    private static final String NONE = "unknown";

    private final ImageRegistry registry;

    ImageProcessors(ImageRegistry registry) {
        this.registry = registry;
    }

    /**
     * In Docker's words, such as {@code amd64}; none where they cannot be read: an image can be pulled that whoever
     * deploys cannot look at.
     *
     * @param image pinned to its digest
     */
    Set<String> of(ImageReference image, DeployContext context) {
        try (RegistryHttp http = new RegistryHttp(registry::login, context.cancellation(), Pause.real())) {
            RegistryRepository repository = RegistryRepository.pulling(http, ImageRegistry.repositoryName(image));
            Optional<byte[]> document = repository.manifest(image.digest().orElseThrow());
            return document.isPresent() ? of(repository, Json.read(document.get())) : Set.of();
        } catch (DeployException | RegistryException | IOException e) {
            LOG.debug("it is not known what {} is for", image, e);
            return Set.of();
        }
    }

    private static Set<String> of(RegistryRepository repository, JsonNode document) throws IOException {
        if (MediaTypes.isIndex(document.path("mediaType").asText(document.has("manifests") ? MediaTypes.INDEX : ""))) {
            return Json.items(document.path("manifests"))
                    .map(one -> one.path("platform").path("architecture").asText())
                    .filter(ImageProcessors::isOne)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        String config = document.path("config").path("digest").asText();
        try (InputStream content = repository.blob(config, 0).content()) {
            String one = Json.read(content.readAllBytes()).path("architecture").asText();
            return isOne(one) ? Set.of(one) : Set.of();
        }
    }

    private static boolean isOne(String name) {
        return !name.isEmpty() && !name.equals(NONE);
    }
}
