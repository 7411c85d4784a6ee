package io.deployflow.internal.compare;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/** Names that are written once, and afterwards by their number. */
final class Dictionary {
    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    int number(String name) {
        return numbers.computeIfAbsent(name, unknown -> numbers.size());
    }

    /** The names, in the order of their numbers. */
    ArrayNode json() {
        ArrayNode names = JsonNodeFactory.instance.arrayNode();
        numbers.keySet().forEach(names::add);
        return names;
    }
}
