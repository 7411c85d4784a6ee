package io.deployflow.internal.config.schema;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.internal.config.bind.Key;
import io.deployflow.internal.config.bind.Shape;
import java.util.List;

/** The schema of values and sections. */
final class ShapeSchema {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ShapeSchema() {}

    /** An object that has some keys, and no other. */
    static ObjectNode section(List<Key> keys) {
        ObjectNode schema = JSON.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        keys.forEach(key -> properties.set(key.name(), property(key)));
        List<String> required =
                keys.stream().filter(Key::required).map(Key::name).toList();
        if (!required.isEmpty()) {
            required.forEach(schema.putArray("required")::add);
        }
        return schema.put("additionalProperties", false);
    }

    private static ObjectNode property(Key key) {
        ObjectNode schema = JSON.objectNode();
        if (!key.description().isEmpty()) {
            schema.put("description", key.description());
        }
        key.defaultValue().ifPresent(value -> schema.set("default", DefaultJson.of(key.shape(), value)));
        return schema.setAll(of(key.shape()));
    }

    private static ObjectNode of(Shape shape) {
        if (shape instanceof Shape.Scalar scalar) {
            return ScalarSchema.of(scalar.type());
        }
        if (shape instanceof Shape.Listing list) {
            return JSON.objectNode().put("type", "array").set("items", of(list.element()));
        }
        if (shape instanceof Shape.Mapping map) {
            return JSON.objectNode().put("type", "object").set("additionalProperties", of(map.value()));
        }
        return section((Shape.Section) shape);
    }

    private static ObjectNode section(Shape.Section shape) {
        ObjectNode map = section(shape.keys());
        if (shape.shorthand().isEmpty()) {
            return map;
        }
        ObjectNode either = JSON.objectNode();
        either.putArray("anyOf").add(of(shape.shorthand().get().shape())).add(map);
        return either;
    }
}
