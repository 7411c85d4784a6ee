package io.deployflow.sandbox.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.Timings;
import io.deployflow.sandbox.port.ContainerSpec;
import io.deployflow.sandbox.port.HealthCheck;
import io.deployflow.sandbox.scheduler.Demand;
import io.deployflow.sandbox.scheduler.PlannedContainer;
import io.deployflow.sandbox.scheduler.Resources;
import io.deployflow.sandbox.scheduler.TargetPort;
import io.deployflow.sandbox.scheduler.TaskPlan;
import io.deployflow.sandbox.wire.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes plans from task definitions. */
public final class TaskPlans {

    private static final int DEFAULT_STOP_SECONDS = 30;

    private final Images images;
    private final Timings timings;

    /**
     * Makes plans.
     *
     * @param images resolves images
     * @param timings compresses durations
     */
    public TaskPlans(Images images, Timings timings) {
        this.images = images;
        this.timings = timings;
    }

    /**
     * Makes a plan; tags are resolved now.
     *
     * @param definition a stored task definition
     * @param overrides the {@code overrides} of RunTask, or an empty object
     * @param targets what is registered where
     * @param labels labels for every container
     * @return the plan
     */
    public TaskPlan plan(
            ObjectNode definition, JsonNode overrides, List<TargetPort> targets, Map<String, String> labels) {
        List<PlannedContainer> containers = new ArrayList<>();
        for (JsonNode container : definition.path("containerDefinitions")) {
            String name = container.path("name").asText();
            containers.add(new PlannedContainer(
                    container(definition, container, override(overrides, name)),
                    container.path("image").asText(),
                    container.path("essential").asBoolean(true)));
        }
        return new TaskPlan(
                definition.path("taskDefinitionArn").asText(),
                containers,
                targets,
                stopTimeout(definition),
                demand(definition, overrides),
                resources(definition, overrides),
                labels);
    }

    private static Resources resources(ObjectNode definition, JsonNode overrides) {
        List<Resources.SecretVariable> secrets = new ArrayList<>();
        List<Resources.LogGroup> groups = new ArrayList<>();
        for (JsonNode container : definition.path("containerDefinitions")) {
            String name = container.path("name").asText();
            container
                    .path("secrets")
                    .forEach(secret -> secrets.add(new Resources.SecretVariable(
                            name,
                            secret.path("name").asText(),
                            secret.path("valueFrom").asText())));
            JsonNode log = container.path("logConfiguration");
            if (log.path("logDriver").asText().equals("awslogs")) {
                groups.add(new Resources.LogGroup(
                        log.path("options").path("awslogs-group").asText(),
                        log.path("options").path("awslogs-create-group").asBoolean(false)));
            }
        }
        return new Resources(
                Json.text(overrides, "executionRoleArn").or(() -> Json.text(definition, "executionRoleArn")),
                secrets,
                groups);
    }

    /** What the task asks for as a whole, else the sum of what its containers do. */
    private static Demand demand(ObjectNode definition, JsonNode overrides) {
        long cpu = 0;
        long memory = 0;
        for (JsonNode container : definition.path("containerDefinitions")) {
            cpu += container.path("cpu").asLong(0);
            memory += container
                    .path("memoryReservation")
                    .asLong(container.path("memory").asLong(0));
        }
        return new Demand(whole(definition, overrides, "cpu", cpu), whole(definition, overrides, "memory", memory));
    }

    private static long whole(ObjectNode definition, JsonNode overrides, String field, long sum) {
        return overrides.path(field).asLong(definition.path(field).asLong(sum));
    }

    private ContainerSpec container(JsonNode task, JsonNode container, JsonNode override) {
        List<String> command = Json.texts(override, "command");
        Map<String, String> environment = environment(container);
        environment.putAll(environment(override));
        return new ContainerSpec(
                container.path("name").asText(),
                images.resolve(container.path("image").asText()),
                Json.texts(container, "entryPoint"),
                command.isEmpty() ? Json.texts(container, "command") : command,
                environment,
                ports(container),
                healthCheck(container.path("healthCheck")),
                labels(container),
                Json.text(container, "workingDirectory"),
                Json.text(container, "user"),
                container.path("memory").asLong(task.path("memory").asLong(0)),
                container.path("cpu").asInt(0));
    }

    private static JsonNode override(JsonNode overrides, String name) {
        for (JsonNode override : overrides.path("containerOverrides")) {
            if (override.path("name").asText().equals(name)) {
                return override;
            }
        }
        return Json.object();
    }

    private static Map<String, String> environment(JsonNode container) {
        Map<String, String> environment = new LinkedHashMap<>();
        container
                .path("environment")
                .forEach(pair -> environment.put(
                        pair.path("name").asText(), pair.path("value").asText()));
        return environment;
    }

    private static List<Integer> ports(JsonNode container) {
        List<Integer> ports = new ArrayList<>();
        container
                .path("portMappings")
                .forEach(mapping -> ports.add(mapping.path("containerPort").asInt()));
        return ports;
    }

    private static Map<String, String> labels(JsonNode container) {
        Map<String, String> labels = new LinkedHashMap<>();
        container
                .path("dockerLabels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }

    private Optional<HealthCheck> healthCheck(JsonNode check) {
        List<String> test = Json.texts(check, "command");
        if (test.isEmpty() || test.get(0).equals("NONE")) {
            return Optional.empty();
        }
        return Optional.of(new HealthCheck(
                test,
                timings.scaleTimeout(seconds(check, "interval", 30)),
                timings.scaleTimeout(seconds(check, "timeout", 5)),
                check.path("retries").asInt(3),
                timings.scaleGrace(seconds(check, "startPeriod", 0))));
    }

    private Duration stopTimeout(JsonNode definition) {
        Duration longest = Duration.ZERO;
        for (JsonNode container : definition.path("containerDefinitions")) {
            Duration timeout = seconds(container, "stopTimeout", DEFAULT_STOP_SECONDS);
            longest = timeout.compareTo(longest) > 0 ? timeout : longest;
        }
        return timings.scaleTimeout(longest);
    }

    private static Duration seconds(JsonNode node, String field, int otherwise) {
        return Duration.ofSeconds(node.path(field).asLong(otherwise));
    }
}
