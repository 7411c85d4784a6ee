package io.deployflow.ecs.internal.layers;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.ecs.internal.registry.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The layers of an image that is in the registry already, by the keys that it was built with: what a machine that never
 * built it needs to know to neither read nor send them again.
 *
 * @param byKey its own layers
 * @param digests of all its layers
 */
public record KnownLayers(Map<String, Layer> byKey, Set<String> digests) {
    static final String KEY = "io.deployflow.layer.key";
    static final String NAME = "io.deployflow.layer.name";

    /** Copies the collections. */
    public KnownLayers {
        byKey = Map.copyOf(byKey);
        digests = Set.copyOf(digests);
    }

    /** Nothing is known. */
    public static KnownLayers none() {
        return new KnownLayers(Map.of(), Set.of());
    }

    /** Reads manifest and configuration of an image; one that was built otherwise knows none. */
    public static KnownLayers of(JsonNode manifest, JsonNode config) {
        List<JsonNode> layers = Json.items(manifest.path("layers")).toList();
        List<JsonNode> diffIds =
                Json.items(config.path("rootfs").path("diff_ids")).toList();
        Map<String, Layer> known = new HashMap<>();
        for (int i = 0; i < Math.min(layers.size(), diffIds.size()); i++) {
            String key = layers.get(i).path("annotations").path(KEY).asText();
            if (!key.isEmpty()) {
                known.put(key, layer(key, layers.get(i), diffIds.get(i).asText()));
            }
        }
        return new KnownLayers(
                known,
                layers.stream().map(layer -> layer.path("digest").asText()).collect(Collectors.toSet()));
    }

    private static Layer layer(String key, JsonNode descriptor, String diffId) {
        return new Layer(
                descriptor.path("annotations").path(NAME).asText(),
                key,
                descriptor.path("digest").asText(),
                descriptor.path("size").asLong(),
                diffId);
    }

    /** Both. */
    public KnownLayers and(KnownLayers other) {
        Map<String, Layer> layers = new HashMap<>(other.byKey);
        layers.putAll(byKey);
        Set<String> all = new HashSet<>(digests);
        all.addAll(other.digests);
        return new KnownLayers(layers, all);
    }

    /** The layer of a key. */
    public Optional<Layer> get(String key) {
        return Optional.ofNullable(byKey.get(key));
    }
}
