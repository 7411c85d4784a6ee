package io.deployflow.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.DeployException;
import io.deployflow.ecs.internal.layers.KnownLayers;
import io.deployflow.ecs.internal.registry.Json;
import io.deployflow.ecs.internal.registry.MediaTypes;
import io.deployflow.ecs.internal.registry.RegistryException;
import io.deployflow.ecs.internal.registry.RegistryRepository;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks images that are in the registry for their layers: what a machine without any cache goes by. */
final class ImagesThere {
    private static final Logger LOG = LoggerFactory.getLogger(ImagesThere.class);

    private final Names names;
    private final Lazy<RegistryRepository> target;
    private final ImageRegistry registry;

    /**
     * Which images.
     *
     * @param named what 'cache_from' says
     * @param live tells what serves now; empty where it is not known
     */
    record Names(List<String> named, Supplier<Optional<String>> live) {
        Names {
            named = List.copyOf(named);
        }
    }

    /** Nothing is asked yet. */
    ImagesThere(Names names, Lazy<RegistryRepository> target, ImageRegistry registry) {
        this.names = names;
        this.target = target;
        this.registry = registry;
    }

    /**
     * What those have that are named; where none is, what the one has that serves. Those in the target's own
     * repository.
     */
    KnownLayers first() {
        return names.named().isEmpty() ? live() : layers(names.named().stream());
    }

    /** The rest: what the one has that serves, where others were first. */
    KnownLayers rest() {
        return names.named().isEmpty() ? KnownLayers.none() : live();
    }

    private KnownLayers live() {
        return layers(ask(names.live()).flatMap(image -> image).stream());
    }

    private KnownLayers layers(Stream<String> images) {
        return images.flatMap(image -> ask(() -> read(ImageReference.parse(image))).stream())
                .reduce(KnownLayers.none(), KnownLayers::and);
    }

    /** Where it cannot be told, the registry is asked for each layer. */
    private static <T> Optional<T> ask(Supplier<T> question) {
        try {
            return Optional.of(question.get());
        } catch (DeployException | RegistryException | IllegalArgumentException | UncheckedIOException e) {
            LOG.debug("the layers of an image are not known", e);
            return Optional.empty();
        }
    }

    private KnownLayers read(ImageReference image) {
        if (!image.repository().equals(registry.repository().repository())) {
            return KnownLayers.none();
        }
        try {
            return read(image.version());
        } catch (IOException e) {
            throw new UncheckedIOException("the image " + image + " cannot be read", e);
        }
    }

    private KnownLayers read(String name) throws IOException {
        Optional<byte[]> document = target.get().manifest(name);
        if (document.isEmpty()) {
            return KnownLayers.none();
        }
        JsonNode top = Json.read(document.get());
        if (MediaTypes.isIndex(top.path("mediaType").asText())) {
            return read(top.path("manifests").path(0).path("digest").asText());
        }
        String config = top.path("config").path("digest").asText();
        try (InputStream content = target.get().blob(config, 0).content()) {
            return KnownLayers.of(top, Json.read(content.readAllBytes()));
        }
    }
}
