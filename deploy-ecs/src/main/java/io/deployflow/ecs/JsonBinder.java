package io.deployflow.ecs;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/** Binds JSON to the AWS SDK's own description of a type, so that it knows every field that the SDK knows. */
final class JsonBinder {
    /** What ECS computes, as {@code describe-task-definition} shows it. */
    static final Set<String> COMPUTED = Set.of(
            "taskDefinitionArn",
            "revision",
            "status",
            "requiresAttributes",
            "compatibilities",
            "registeredAt",
            "registeredBy",
            "deregisteredAt");

    private final Placeholders placeholders;
    private final List<String> mistakes = new ArrayList<>();

    JsonBinder(Placeholders placeholders) {
        this.placeholders = placeholders;
    }

    /** What was wrong, each with line and column in front. */
    List<String> mistakes() {
        return List.copyOf(mistakes);
    }

    /**
     * Binds a task definition, which may stand within another object.
     *
     * @param parser at the start of an object
     * @param wrapper the key of the task definition within another object
     */
    void definition(JsonParser parser, SdkPojo definition, String wrapper) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            JsonLocation at = parser.currentTokenLocation();
            JsonToken value = parser.nextToken();
            if (key.equals(wrapper) && value == JsonToken.START_OBJECT) {
                definition(parser, definition, wrapper);
            } else if (COMPUTED.contains(key)) {
                parser.skipChildren();
            } else {
                field(parser, definition, key, at);
            }
        }
    }

    private void object(JsonParser parser, SdkPojo object) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            JsonLocation at = parser.currentTokenLocation();
            parser.nextToken();
            field(parser, object, key, at);
        }
    }

    private void field(JsonParser parser, SdkPojo object, String key, JsonLocation at) throws IOException {
        Optional<SdkField<?>> field = object.sdkFields().stream()
                .filter(known -> known.locationName().equals(key))
                .findFirst();
        if (field.isEmpty()) {
            mistake(
                    at,
                    "unknown key '" + key + "'"
                            + Nearest.to(key, object.sdkFields(), SdkField::locationName)
                                    .map(near -> "; did you mean '" + near + "'?")
                                    .orElse(""));
            parser.skipChildren();
        } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
            Object value = value(parser, field.get(), key);
            if (value != null) {
                field.get().set(object, value);
            }
        }
    }

    private @Nullable Object value(JsonParser parser, SdkField<?> field, String key) throws IOException {
        MarshallingType<?> type = field.marshallingType();
        JsonToken token = parser.currentToken();
        if (type == MarshallingType.SDK_POJO && token == JsonToken.START_OBJECT) {
            SdkPojo object = field.constructor().get();
            object(parser, object);
            return ((Buildable) object).build();
        }
        if (type == MarshallingType.LIST && token == JsonToken.START_ARRAY) {
            return list(parser, field.getTrait(ListTrait.class).memberFieldInfo(), key);
        }
        if (type == MarshallingType.MAP && token == JsonToken.START_OBJECT) {
            return map(parser, field.getTrait(MapTrait.class).valueFieldInfo());
        }
        if (type == MarshallingType.STRING && token.isScalarValue()) {
            return text(parser);
        }
        if ((type == MarshallingType.INTEGER || type == MarshallingType.LONG) && token == JsonToken.VALUE_NUMBER_INT) {
            return type == MarshallingType.INTEGER ? (Object) parser.getIntValue() : (Object) parser.getLongValue();
        }
        if (type == MarshallingType.DOUBLE && token.isNumeric()) {
            return parser.getDoubleValue();
        }
        if (type == MarshallingType.BOOLEAN && token.isBoolean()) {
            return parser.getBooleanValue();
        }
        mistake(parser.currentTokenLocation(), "'" + key + "' must be " + words(type) + ", is " + words(token));
        parser.skipChildren();
        return null;
    }

    private List<Object> list(JsonParser parser, SdkField<?> member, String key) throws IOException {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Object item = value(parser, member, key);
            if (item != null) {
                items.add(item);
            }
        }
        return items;
    }

    private Map<String, Object> map(JsonParser parser, SdkField<?> member) throws IOException {
        Map<String, Object> items = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            Object item = value(parser, member, key);
            if (item != null) {
                items.put(key, item);
            }
        }
        return items;
    }

    private String text(JsonParser parser) throws IOException {
        JsonLocation at = parser.currentTokenLocation();
        Placeholders.Filled filled = placeholders.fill(parser.getText());
        filled.problems().forEach(problem -> mistake(at, problem));
        return filled.text();
    }

    private void mistake(JsonLocation at, String what) {
        mistakes.add(at.getLineNr() + ":" + at.getColumnNr() + ": " + what);
    }

    private static String words(MarshallingType<?> type) {
        if (type == MarshallingType.SDK_POJO || type == MarshallingType.MAP) {
            return "an object";
        }
        if (type == MarshallingType.LIST) {
            return "a list";
        }
        if (type == MarshallingType.BOOLEAN) {
            return "true or false";
        }
        return type == MarshallingType.STRING ? "text" : "a number";
    }

    private static String words(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "text";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            default -> "a number";
        };
    }
}
