package io.deployflow.sandbox.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.wire.AwsException;
import io.deployflow.sandbox.wire.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks a task definition as RegisterTaskDefinition does, and adds the defaults that it adds. */
public final class TaskDefinitionRules {

    private static final List<String> EMPTY_LISTS =
            List.of("portMappings", "environment", "mountPoints", "volumesFrom", "systemControls");

    private TaskDefinitionRules() {}

    /**
     * Checks and completes.
     *
     * @param request what the client sent
     * @return a copy without tags and with the defaults; nothing else is changed or lost
     * @throws AwsException when ECS would refuse it
     */
    public static ObjectNode complete(ObjectNode request) {
        ObjectNode definition = request.deepCopy();
        definition.remove("tags");
        checkFamily(Json.required(definition, "family"));
        JsonNode containers = definition.path("containerDefinitions");
        if (containers.isEmpty()) {
            throw AwsException.client("Container list cannot be empty.");
        }
        checkContainers(containers, definition.hasNonNull("memory"));
        checkExecutionRole(definition);
        containers.forEach(container -> completeContainer((ObjectNode) container));
        completeTask(definition);
        return definition;
    }

    private static void checkFamily(String family) {
        if (!family.matches("[A-Za-z0-9_-]{1,255}")) {
            throw AwsException.client(
                    "Family contains invalid characters: letters, numbers, hyphens and underscores are allowed, at most"
                            + " 255.");
        }
    }

    private static void checkExecutionRole(ObjectNode definition) {
        if (definition.hasNonNull("executionRoleArn")) {
            return;
        }
        for (JsonNode container : definition.path("containerDefinitions")) {
            if (!container.path("secrets").isEmpty()) {
                throw AwsException.client("When you are specifying container secrets, you must also specify a value for"
                        + " 'executionRoleArn'.");
            }
        }
    }

    private static void checkContainers(JsonNode containers, boolean taskMemory) {
        Set<String> names = new HashSet<>();
        boolean essential = false;
        for (JsonNode container : containers) {
            String name = container.path("name").asText();
            if (name.isEmpty()) {
                throw AwsException.client("Container.name should not be null or empty.");
            }
            if (!names.add(name)) {
                throw AwsException.client("Container names must be unique: '%s'.".formatted(name));
            }
            checkContainer(name, container, taskMemory);
            essential |= container.path("essential").asBoolean(true);
        }
        if (!essential) {
            throw AwsException.client("At least one container in the task definition must be marked as essential.");
        }
    }

    private static void checkContainer(String name, JsonNode container, boolean taskMemory) {
        if (container.path("image").asText().isEmpty()) {
            throw AwsException.client("Container.image should not be null or empty.");
        }
        if (!taskMemory && !container.hasNonNull("memory") && !container.hasNonNull("memoryReservation")) {
            throw AwsException.client(
                    "Invalid setting for container '%s'. At least one of 'memory' or 'memoryReservation' must be specified."
                            .formatted(name));
        }
    }

    private static void completeContainer(ObjectNode container) {
        addDefault(container, "cpu", Json.object().numberNode(0));
        addDefault(container, "essential", Json.object().booleanNode(true));
        EMPTY_LISTS.forEach(field -> addDefault(container, field, Json.array()));
        container.path("portMappings").forEach(mapping -> {
            addDefault((ObjectNode) mapping, "hostPort", Json.object().numberNode(0));
            addDefault((ObjectNode) mapping, "protocol", Json.object().textNode("tcp"));
        });
    }

    private static void completeTask(ObjectNode definition) {
        addDefault(definition, "volumes", Json.array());
        addDefault(definition, "placementConstraints", Json.array());
        addDefault(definition, "requiresAttributes", Json.array());
        List<String> required = Json.texts(definition, "requiresCompatibilities");
        addDefault(definition, "compatibilities", Json.strings(required.isEmpty() ? List.of("EC2") : required));
    }

    private static void addDefault(ObjectNode object, String field, JsonNode value) {
        if (!object.hasNonNull(field)) {
            object.set(field, value);
        }
    }
}
