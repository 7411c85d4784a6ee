package io.deployflow.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.ConfigurationException;
import io.deployflow.DeployException;
import io.deployflow.Revision;
import io.deployflow.TargetUnreachableException;
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
import java.util.Optional;

/** Finds an image that somebody else built: what it is pinned to, and which revision it is of. */
final class ForeignImage {
    private static final String REVISION_LABEL = "org.opencontainers.image.revision";

    private final ImageRegistry registry;

    ForeignImage(ImageRegistry registry) {
        this.registry = registry;
    }

    /**
     * An image in a registry.
     *
     * @param pinned to its digest
     * @param revision that its label names; else its digest
     */
    record Found(ImageReference pinned, Revision revision) {}

    /**
     * Looks it up.
     *
     * @throws ConfigurationException if there is no such image
     * @throws TargetUnreachableException if its registry cannot be reached, or refuses
     */
    Found find(String text, DeployContext context) {
        ImageReference reference = parse(text);
        try (RegistryHttp http =
                new RegistryHttp(registry::login, context.cancellation(), Pause.real(), context::asked)) {
            RegistryRepository repository = RegistryRepository.pulling(http, ImageRegistry.repositoryName(reference));
            byte[] document = repository.manifest(reference.version()).orElseThrow(() -> missing(text));
            ImageReference pinned = reference.pinned(Digests.of(document));
            return new Found(pinned, revision(repository, Json.read(document)).orElseGet(() -> digest(pinned)));
        } catch (RegistryException e) {
            throw failure(text, e);
        } catch (IOException e) {
            throw new ConfigurationException(text + " is no image: " + e.getMessage(), "Check '--image'.", null, e);
        }
    }

    private static ImageReference parse(String text) {
        try {
            return ImageReference.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    "'" + text + "' is no image", "Name it as registry/repository:tag, or @sha256:...", null, e);
        }
    }

    private static Optional<Revision> revision(RegistryRepository repository, JsonNode document) throws IOException {
        if (MediaTypes.isIndex(document.path("mediaType").asText())) {
            String first = document.path("manifests").path(0).path("digest").asText();
            Optional<byte[]> manifest = repository.manifest(first);
            return manifest.isPresent() ? revision(repository, Json.read(manifest.get())) : Optional.empty();
        }
        String config = document.path("config").path("digest").asText();
        try (InputStream content = repository.blob(config, 0).content()) {
            String label = Json.read(content.readAllBytes())
                    .path("config")
                    .path("Labels")
                    .path(REVISION_LABEL)
                    .asText();
            return label.matches("[0-9a-f]{40}")
                    ? Optional.of(Revision.commit(label))
                    : Optional.of(label)
                            .filter(id -> id.matches("[0-9a-f]{64}"))
                            .map(Revision::digest);
        }
    }

    private static Revision digest(ImageReference pinned) {
        return Revision.digest(Digests.digits(pinned.digest().orElseThrow()));
    }

    private static ConfigurationException missing(String text) {
        return new ConfigurationException("there is no image " + text, "Push it first, or name another with --image.");
    }

    private static DeployException failure(String text, RegistryException e) {
        String what = "the image " + text + " cannot be looked up: " + e.getMessage();
        return e.isRefusal()
                ? new TargetUnreachableException(what, "Sign in to its registry, or check its name.", null, e)
                : new TargetUnreachableException(what, e.remedy().orElse("Check its name and the network."), null, e);
    }
}
