package io.deployflow.sandbox.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.deployflow.sandbox.wire.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tags of every resource by its ARN. */
public final class Tags {

    private final Map<String, Map<String, String>> tags = new LinkedHashMap<>();

    /**
     * Adds or replaces tags.
     *
     * @param arn the resource
     * @param added an array of {@code {key, value}}; missing is none
     */
    public void add(String arn, JsonNode added) {
        Map<String, String> known = tags.computeIfAbsent(arn, resource -> new LinkedHashMap<>());
        added.forEach(
                tag -> known.put(tag.path("key").asText(), tag.path("value").asText("")));
    }

    /**
     * Removes tags.
     *
     * @param arn the resource
     * @param keys their keys
     */
    public void remove(String arn, List<String> keys) {
        tags.getOrDefault(arn, Map.of()).keySet().removeAll(List.copyOf(keys));
    }

    /**
     * The tags of a resource.
     *
     * @param arn the resource
     * @return an array of {@code {key, value}}
     */
    public ArrayNode of(String arn) {
        ArrayNode array = Json.array();
        tags.getOrDefault(arn, Map.of())
                .forEach((key, value) -> array.addObject().put("key", key).put("value", value));
        return array;
    }
}
