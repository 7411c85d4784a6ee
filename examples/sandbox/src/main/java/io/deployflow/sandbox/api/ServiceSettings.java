package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.scheduler.AlarmRules;
import io.deployflow.sandbox.scheduler.BreakerRules;
import io.deployflow.sandbox.scheduler.ServiceRules;
import io.deployflow.sandbox.scheduler.Strategy;
import io.deployflow.sandbox.wire.AwsException;
import io.deployflow.sandbox.wire.Json;
import java.time.Duration;
import java.util.List;

/** What a client configures of a service, with ECS's defaults. */
final class ServiceSettings {

    /** Fields of requests that are not settings: DescribeServices computes them, or does not show them. */
    private static final List<String> NOT_SETTINGS = List.of(
            "cluster",
            "service",
            "serviceName",
            "taskDefinition",
            "desiredCount",
            "clientToken",
            "tags",
            "role",
            "forceNewDeployment");

    /** Settings whose change ECS rolls out by a new deployment. */
    private static final List<String> DEPLOYED = List.of(
            "loadBalancers",
            "networkConfiguration",
            "platformVersion",
            "capacityProviderStrategy",
            "serviceRegistries",
            "serviceConnectConfiguration",
            "volumeConfigurations",
            "vpcLatticeConfigurations");

    private ServiceSettings() {}

    static ObjectNode created(ObjectNode request) {
        ObjectNode settings = strip(request);
        addDefault(settings, "launchType", text("EC2"));
        addDefault(settings, "schedulingStrategy", text("REPLICA"));
        addDefault(settings, "propagateTags", text("NONE"));
        addDefault(settings, "deploymentController", Json.object().put("type", "ECS"));
        addDefault(settings, "enableECSManagedTags", Json.object().booleanNode(false));
        addDefault(settings, "enableExecuteCommand", Json.object().booleanNode(false));
        for (String list : List.of("loadBalancers", "serviceRegistries", "placementConstraints", "placementStrategy")) {
            addDefault(settings, list, Json.array());
        }
        settings.set("deploymentConfiguration", withDefaults(settings.path("deploymentConfiguration")));
        requireSupported(settings);
        return settings;
    }

    static ObjectNode updated(ObjectNode old, ObjectNode request) {
        ObjectNode settings = old.deepCopy();
        ObjectNode changes = strip(request);
        settings.setAll(changes);
        if (changes.path("deploymentConfiguration") instanceof ObjectNode given) {
            ObjectNode merged = ((ObjectNode) old.path("deploymentConfiguration")).deepCopy();
            settings.set("deploymentConfiguration", merged.setAll(given));
        }
        requireSupported(settings);
        return settings;
    }

    /** Where something else deploys a service, UpdateService changes little but the desired count. */
    static void requireUpdatable(ObjectNode settings, ObjectNode request) {
        String controller = TaskSetView.controller(settings);
        if (controller.equals("ECS")) {
            return;
        }
        if (request.has("taskDefinition")) {
            throw refusedBy(controller, "Unable to update task definition");
        }
        if (request.path("forceNewDeployment").asBoolean(false)) {
            throw refusedBy(controller, "Cannot force a new deployment");
        }
        if (request.has("networkConfiguration")) {
            throw refusedBy(controller, "Unable to update network parameters");
        }
    }

    private static AwsException refusedBy(String controller, String what) {
        boolean codeDeploy = controller.equals("CODE_DEPLOY");
        return AwsException.invalid("%s on services with %s %s deployment controller.%s"
                .formatted(
                        what,
                        codeDeploy ? "a" : "an",
                        controller,
                        codeDeploy ? " Use AWS CodeDeploy to trigger a new deployment." : ""));
    }

    static boolean needsDeployment(ObjectNode old, ObjectNode changed) {
        return DEPLOYED.stream().anyMatch(field -> !old.path(field).equals(changed.path(field)));
    }

    static ServiceRules rules(ObjectNode settings, int desired) {
        JsonNode deployment = settings.path("deploymentConfiguration");
        return new ServiceRules(
                desired,
                deployment.path("minimumHealthyPercent").asInt(100),
                deployment.path("maximumPercent").asInt(200),
                breaker(deployment.path("deploymentCircuitBreaker")),
                alarms(deployment.path("alarms")),
                Duration.ofMinutes(deployment.path("bakeTimeInMinutes").asLong(0)),
                Duration.ofSeconds(
                        settings.path("healthCheckGracePeriodSeconds").asLong(0)),
                StrategySettings.read(settings));
    }

    private static BreakerRules breaker(JsonNode given) {
        JsonNode threshold = given.path("thresholdConfiguration");
        return new BreakerRules(
                given.path("enable").asBoolean(false),
                given.path("rollback").asBoolean(false),
                given.path("resetOnHealthyTask").asBoolean(true),
                BreakerRules.Type.valueOf(threshold.path("type").asText("BOUNDED_PERCENT")),
                threshold.path("value").asInt(50));
    }

    private static AlarmRules alarms(JsonNode given) {
        return new AlarmRules(
                Json.texts(given, "alarmNames"),
                given.path("enable").asBoolean(false),
                given.path("rollback").asBoolean(false));
    }

    private static void requireSupported(ObjectNode settings) {
        Strategy strategy = StrategySettings.read(settings);
        if (strategy.staged()
                && strategy.routes().size() < settings.path("loadBalancers").size()) {
            throw AwsException.invalid(
                    "advancedConfiguration field is required for all loadBalancers when using a non-ROLLING deployment"
                            + " strategy");
        }
        JsonNode deployment = settings.path("deploymentConfiguration");
        if (deployment.path("maximumPercent").asInt() <= 100
                && deployment.path("minimumHealthyPercent").asInt() >= 100
                && deployment.path("maximumPercent").asInt()
                        <= deployment.path("minimumHealthyPercent").asInt()) {
            throw AwsException.invalid(
                    "Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.");
        }
    }

    private static ObjectNode strip(ObjectNode request) {
        return request.deepCopy().remove(NOT_SETTINGS);
    }

    private static ObjectNode withDefaults(JsonNode given) {
        ObjectNode configuration = given instanceof ObjectNode object ? object.deepCopy() : Json.object();
        addDefault(configuration, "maximumPercent", Json.object().numberNode(200));
        addDefault(configuration, "minimumHealthyPercent", Json.object().numberNode(100));
        addDefault(configuration, "strategy", text("ROLLING"));
        addDefault(configuration, "bakeTimeInMinutes", Json.object().numberNode(0));
        addDefault(configuration, "deploymentCircuitBreaker", Json.object());
        ObjectNode breaker = (ObjectNode) configuration.path("deploymentCircuitBreaker");
        addDefault(breaker, "enable", Json.object().booleanNode(false));
        addDefault(breaker, "rollback", Json.object().booleanNode(false));
        addDefault(breaker, "resetOnHealthyTask", Json.object().booleanNode(true));
        addDefault(
                breaker,
                "thresholdConfiguration",
                Json.object().put("type", "BOUNDED_PERCENT").put("value", 50));
        addDefault(configuration, "alarms", noAlarms());
        return configuration;
    }

    private static ObjectNode noAlarms() {
        ObjectNode alarms = Json.object().put("enable", false).put("rollback", false);
        return alarms.set("alarmNames", Json.array());
    }

    private static JsonNode text(String value) {
        return Json.object().textNode(value);
    }

    private static void addDefault(ObjectNode object, String field, JsonNode value) {
        if (!object.hasNonNull(field)) {
            object.set(field, value);
        }
    }
}
