package io.deployflow.internal.config.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.deployflow.internal.config.bind.PlainType;
import io.deployflow.internal.config.bind.ScalarType;
import io.deployflow.internal.config.bind.Shape;

/** Defaults as JSON has them. */
final class DefaultJson {
    private static final YAMLMapper YAML = new YAMLMapper();

    private DefaultJson() {}

    static JsonNode of(Shape shape, String written) {
        if (shape instanceof Shape.Scalar scalar) {
            return scalar(scalar.type(), written);
        }
        try {
            return YAML.readTree(written);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the default is not YAML: " + written, e);
        }
    }

    private static JsonNode scalar(ScalarType type, String written) {
        if (type == PlainType.INT || type == PlainType.LONG) {
            return LongNode.valueOf(Long.parseLong(written));
        }
        return type == PlainType.BOOLEAN
                ? BooleanNode.valueOf(Boolean.parseBoolean(written))
                : TextNode.valueOf(written);
    }
}
