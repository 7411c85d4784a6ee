package io.deployflow.sandbox.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Reads the engine's own words out of what docker-java throws. */
final class EngineErrors {
    private static final ObjectMapper JSON = new ObjectMapper();

    private EngineErrors() {}

    /** The engine's message: docker-java gives it as {@code Status 404: {"message":"..."}}. */
    static String message(Throwable failure) {
        String text = String.valueOf(failure.getMessage()).strip();
        int brace = text.indexOf('{');
        return brace < 0 ? text : field(text.substring(brace), text);
    }

    private static String field(String json, String otherwise) {
        try {
            JsonNode message = JSON.readTree(json).path("message");
            return message.isTextual() ? message.asText().strip() : otherwise;
        } catch (JsonProcessingException notJson) {
            return otherwise;
        }
    }
}
