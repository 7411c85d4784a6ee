package io.deployflow.ecs.internal.layers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.ecs.internal.registry.Json;
import java.util.Map;

/**
 * What an image runs on.
 *
 * @param os such as {@code linux}
 * @param architecture in Go's words, such as {@code amd64} or {@code arm64}
 * @param variant such as {@code v7}; empty for none
 */
public record Platform(String os, String architecture, String variant) {
    private static final Map<String, String> ARCHITECTURES = Map.of("x86_64", "amd64", "aarch64", "arm64");

    /** Reads {@code linux/arm64} or {@code linux/arm/v7}. */
    public static Platform parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length < 2 || parts.length > 3 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' is no platform such as linux/amd64");
        }
        return new Platform(parts[0], parts[1], parts.length == 2 ? "" : parts[2]);
    }

    /** What an image has to be for to run on this machine. */
    public static Platform ofThisMachine() {
        String architecture = System.getProperty("os.arch");
        return new Platform("linux", ARCHITECTURES.getOrDefault(architecture, architecture), "");
    }

    static Platform of(JsonNode json) {
        return new Platform(
                json.path("os").asText(),
                json.path("architecture").asText(),
                json.path("variant").asText());
    }

    /** Whether an image for the other serves this one: a variant that nobody asked for is no difference. */
    public boolean isMetBy(Platform other) {
        return os.equals(other.os)
                && architecture.equals(other.architecture)
                && (variant.isEmpty() || variant.equals(other.variant));
    }

    ObjectNode json() {
        ObjectNode json = Json.object().put("architecture", architecture).put("os", os);
        return variant.isEmpty() ? json : json.put("variant", variant);
    }

    @Override
    public String toString() {
        return os + "/" + architecture + (variant.isEmpty() ? "" : "/" + variant);
    }
}
