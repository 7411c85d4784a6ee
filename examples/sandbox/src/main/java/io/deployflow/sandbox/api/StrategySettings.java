package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.scheduler.Hook;
import io.deployflow.sandbox.scheduler.Stage;
import io.deployflow.sandbox.scheduler.Strategy;
import io.deployflow.sandbox.scheduler.Strategy.Kind;
import io.deployflow.sandbox.scheduler.TrafficRoute;
import io.deployflow.sandbox.wire.AwsException;
import io.deployflow.sandbox.wire.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the deployment strategy of a service, with ECS's defaults. */
final class StrategySettings {

    private static final double CANARY_PERCENT = 5;
    private static final int CANARY_BAKE_MINUTES = 10;
    private static final double LINEAR_PERCENT = 10;
    private static final int LINEAR_BAKE_MINUTES = 6;
    private static final double LEAST_LINEAR_PERCENT = 3;

    /** Stages that take time or belong to ECS alone. */
    private static final Set<Stage> WITHOUT_HOOKS = EnumSet.of(Stage.SCALE_UP, Stage.BAKE_TIME, Stage.CLEAN_UP);

    private StrategySettings() {}

    static Strategy read(ObjectNode settings) {
        JsonNode configuration = settings.path("deploymentConfiguration");
        Kind kind = kind(configuration);
        return new Strategy(
                kind,
                steps(kind, configuration),
                stepBake(kind, configuration),
                hooks(configuration),
                routes(settings));
    }

    private static Kind kind(JsonNode configuration) {
        String name = configuration.path("strategy").asText();
        return oneOf(Kind.values(), name, "deploymentConfiguration.strategy");
    }

    private static List<Double> steps(Kind kind, JsonNode configuration) {
        return switch (kind) {
            case ROLLING -> List.of();
            case BLUE_GREEN -> List.of(100.0);
            case CANARY ->
                List.of(
                        percent(configuration.path("canaryConfiguration").path("canaryPercent"), CANARY_PERCENT, 0.1),
                        100.0);
            case LINEAR ->
                Strategy.linear(percent(
                        configuration.path("linearConfiguration").path("stepPercent"),
                        LINEAR_PERCENT,
                        LEAST_LINEAR_PERCENT));
        };
    }

    private static double percent(JsonNode given, double usual, double least) {
        double percent = given.asDouble(usual);
        if (percent < least || percent > 100) {
            throw AwsException.invalid(
                    "The percent of a traffic shift must be %s to 100, not %s.".formatted(least, percent));
        }
        return percent;
    }

    private static Duration stepBake(Kind kind, JsonNode configuration) {
        return switch (kind) {
            case ROLLING, BLUE_GREEN -> Duration.ZERO;
            case CANARY ->
                minutes(configuration.path("canaryConfiguration").path("canaryBakeTimeInMinutes"), CANARY_BAKE_MINUTES);
            case LINEAR ->
                minutes(configuration.path("linearConfiguration").path("stepBakeTimeInMinutes"), LINEAR_BAKE_MINUTES);
        };
    }

    private static Duration minutes(JsonNode given, int usual) {
        return Duration.ofMinutes(given.asLong(usual));
    }

    private static List<Hook> hooks(JsonNode configuration) {
        List<Hook> hooks = new ArrayList<>();
        for (JsonNode hook : configuration.path("lifecycleHooks")) {
            Set<Stage> stages = EnumSet.noneOf(Stage.class);
            Json.texts(hook, "lifecycleStages").forEach(name -> stages.add(hookStage(name)));
            hooks.add(new Hook(hook.path("hookTargetArn").asText(), stages));
        }
        return hooks;
    }

    private static Stage hookStage(String name) {
        Stage[] possible = EnumSet.complementOf(EnumSet.copyOf(WITHOUT_HOOKS)).toArray(Stage[]::new);
        return oneOf(possible, name, "lifecycleHooks.lifecycleStages");
    }

    private static <E extends Enum<E>> E oneOf(E[] possible, String name, String field) {
        return Arrays.stream(possible)
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> AwsException.invalid(
                        "%s must be one of %s, not '%s'.".formatted(field, Arrays.toString(possible), name)));
    }

    private static List<TrafficRoute> routes(ObjectNode settings) {
        List<TrafficRoute> routes = new ArrayList<>();
        settings.path("loadBalancers").forEach(each -> route(each).ifPresent(routes::add));
        return routes;
    }

    /** How traffic that comes by a load balancer can be shifted; empty when it cannot. */
    static Optional<TrafficRoute> route(JsonNode loadBalancer) {
        JsonNode advanced = loadBalancer.path("advancedConfiguration");
        return Json.text(advanced, "productionListenerRule")
                .map(rule -> new TrafficRoute(
                        rule,
                        Json.text(advanced, "testListenerRule"),
                        loadBalancer.path("targetGroupArn").asText(),
                        advanced.path("alternateTargetGroupArn").asText()));
    }
}
