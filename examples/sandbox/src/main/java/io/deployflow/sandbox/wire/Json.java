package io.deployflow.sandbox.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads and makes JSON values. */
public final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    /** {@return a new, empty object} */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** {@return a new, empty array} */
    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /**
     * An array of strings.
     *
     * @param values the strings
     * @return the array
     */
    public static ArrayNode strings(Collection<String> values) {
        ArrayNode array = array();
        values.forEach(array::add);
        return array;
    }

    /**
     * An array of objects.
     *
     * @param values the objects
     * @return the array
     */
    public static ArrayNode array(Collection<ObjectNode> values) {
        ArrayNode array = array();
        values.forEach(array::add);
        return array;
    }

    /**
     * A time as AWS JSON has it.
     *
     * @param time the time
     * @return seconds since the epoch with three decimals
     */
    public static BigDecimal time(Instant time) {
        return BigDecimal.valueOf(time.toEpochMilli(), 3);
    }

    /**
     * Reads an object.
     *
     * @param text JSON; empty is an empty object
     * @return the object
     * @throws AwsException when it is none
     */
    public static ObjectNode parse(String text) {
        try {
            JsonNode node = MAPPER.readTree(text.isBlank() ? "{}" : text);
            if (node instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new AwsException("SerializationException", e.getOriginalMessage());
        }
        throw new AwsException("SerializationException", "Start of structure or map found where not expected.");
    }

    /**
     * Whether a text is an object.
     *
     * @param text any text
     * @return false when it is another value, or no JSON
     */
    public static boolean isObject(String text) {
        try {
            return !text.isBlank() && MAPPER.readTree(text).isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /**
     * A text that the request must have.
     *
     * @param request the request
     * @param field the field
     * @return its value, not empty
     * @throws AwsException when it is missing
     */
    public static String required(ObjectNode request, String field) {
        return text(request, field)
                .orElseThrow(() -> AwsException.invalid(
                        "1 validation error detected: Value null at '%s' failed to satisfy constraint: Member must not be null"
                                .formatted(field)));
    }

    /**
     * A text that the request may have.
     *
     * @param request the request
     * @param field the field
     * @return empty when it is missing or empty
     */
    public static Optional<String> text(JsonNode request, String field) {
        return Optional.of(request.path(field).asText("")).filter(value -> !value.isEmpty());
    }

    /**
     * A list of texts.
     *
     * @param request the request
     * @param field the field
     * @return empty when it is missing
     */
    public static List<String> texts(JsonNode request, String field) {
        List<String> texts = new ArrayList<>();
        request.path(field).forEach(value -> texts.add(value.asText()));
        return texts;
    }
}
