package io.deployflow.internal.config.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.internal.config.bind.Key;
import io.deployflow.internal.config.bind.Shapes;
import io.deployflow.spi.DeployAdapter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Writes the JSON Schema (draft 2020-12) of {@code deploy.yml}. A target has a definition of its own for each type, so
 * that an editor completes only the keys of the type that is chosen.
 */
public final class SchemaWriter {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String DEFINITIONS = "$defs";
    private static final String TARGET = "target";
    private static final String TYPE = "type";

    private final List<Key> fileKeys;
    private final List<Key> targetKeys;

    /**
     * Writes schemas that have some keys in common.
     *
     * @param file the records of the keys at the top of the file
     * @param target the record of the keys that every target may have
     */
    public SchemaWriter(List<Class<? extends Record>> file, Class<? extends Record> target) {
        this.fileKeys = file.stream()
                .flatMap(record -> Shapes.of(record).keys().stream())
                .toList();
        this.targetKeys = Shapes.of(target).keys();
    }

    /**
     * The schema's text; the same for the same adapters.
     *
     * @param adapters one a type, in the order in which they shall stand
     */
    public String write(Collection<? extends DeployAdapter<?>> adapters) {
        ObjectNode schema = JSON.objectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("title", "deploy.yml");
        schema.setAll(file());
        ObjectNode definitions = schema.putObject(DEFINITIONS);
        definitions.set(TARGET, target(adapters));
        adapters.forEach(adapter -> definitions.set(TARGET + "-" + adapter.type(), settings(adapter)));
        return print(schema);
    }

    private ObjectNode file() {
        ObjectNode file = ShapeSchema.section(fileKeys);
        ObjectNode targets = JSON.objectNode()
                .put("description", "The places to deploy to, by name.")
                .put(TYPE, "object")
                .put("minProperties", 1);
        targets.set("additionalProperties", reference(TARGET));
        file.withObject("properties").set("targets", targets);
        file.withArray("required").add("targets");
        file.putObject("patternProperties")
                .putObject("^x-")
                .put("description", "Not read: a place for anchors that targets share.");
        return file;
    }

    private static ObjectNode target(Collection<? extends DeployAdapter<?>> adapters) {
        ObjectNode target = JSON.objectNode().put(TYPE, "object");
        target.putObject("properties").set(TYPE, type(adapters));
        target.putArray("required").add(TYPE);
        for (DeployAdapter<?> adapter : adapters) {
            ObjectNode branch = target.withArray("allOf").addObject();
            ObjectNode condition = branch.putObject("if");
            condition.putObject("properties").putObject(TYPE).put("const", adapter.type());
            condition.putArray("required").add(TYPE);
            branch.set("then", reference(TARGET + "-" + adapter.type()));
        }
        return target;
    }

    private static ObjectNode type(Collection<? extends DeployAdapter<?>> adapters) {
        ObjectNode type = JSON.objectNode().put("description", "How it is deployed to.");
        return type.setAll(
                ScalarSchema.choice(adapters.stream().map(DeployAdapter::type).toList()));
    }

    private ObjectNode settings(DeployAdapter<?> adapter) {
        List<Key> keys = new ArrayList<>(targetKeys);
        keys.addAll(Shapes.of(adapter.settings()).keys());
        ObjectNode settings = ShapeSchema.section(keys);
        settings.withObject("properties").putObject(TYPE).put("const", adapter.type());
        return settings;
    }

    private static ObjectNode reference(String definition) {
        return JSON.objectNode().put("$ref", "#/" + DEFINITIONS + "/" + definition);
    }

    private static String print(ObjectNode schema) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                        Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                .withObjectIndenter(indenter)
                .withArrayIndenter(indenter);
        try {
            return new ObjectMapper().writer(printer).writeValueAsString(schema) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON cannot be written", e);
        }
    }
}
