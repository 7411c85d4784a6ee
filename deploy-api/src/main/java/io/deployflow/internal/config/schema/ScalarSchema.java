package io.deployflow.internal.config.schema;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.internal.config.bind.EnumType;
import io.deployflow.internal.config.bind.PlainType;
import io.deployflow.internal.config.bind.ScalarType;
import java.util.List;

/** The schema of scalars. Wherever a type restricts what may be written, a variable may stand instead. */
final class ScalarSchema {
    private static final String VARIABLE = "\\$\\{env:";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ScalarSchema() {}

    static ObjectNode of(ScalarType type) {
        return type instanceof PlainType plain ? of(plain) : choice(((EnumType) type).choices());
    }

    /** One of a few words. */
    static ObjectNode choice(List<String> words) {
        ObjectNode schema = JSON.objectNode();
        ObjectNode listed = schema.putArray("anyOf").addObject();
        words.forEach(listed.putArray("enum")::add);
        schema.withArray("anyOf").addObject().put("type", "string").put("pattern", VARIABLE);
        return schema;
    }

    private static ObjectNode of(PlainType type) {
        return switch (type) {
            // Text is taken as written, so what YAML takes for a number or a boolean will do.
            case TEXT, SECRET -> types("string", "number", "boolean");
            case INT, LONG -> types("integer", "string").put("pattern", or("^(0|-?[1-9][0-9]*)$"));
            case BOOLEAN -> types("boolean", "string").put("pattern", or("^(true|false)$"));
            case DURATION -> JSON.objectNode().put("type", "string").put("pattern", or("^[0-9]+(ms|s|m|h)$"));
            case URL -> JSON.objectNode().put("type", "string").put("pattern", or("^[A-Za-z][A-Za-z0-9+.-]*:/"));
            case PATH -> JSON.objectNode().put("type", "string").put("minLength", 1);
        };
    }

    private static ObjectNode types(String... types) {
        ObjectNode schema = JSON.objectNode();
        for (String type : types) {
            schema.withArray("type").add(type);
        }
        return schema;
    }

    private static String or(String pattern) {
        return pattern + "|" + VARIABLE;
    }
}
