package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.elb.Balancing;
import io.deployflow.sandbox.elb.Forward;
import io.deployflow.sandbox.wire.AwsException;
import io.deployflow.sandbox.wire.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** The actions of listeners and rules: the sandbox has one, forward, to one or several weighted target groups. */
final class ElbActions {

    private static final int HEAVIEST = 999;

    private ElbActions() {}

    static Forward read(JsonNode actions, Balancing balancing) {
        JsonNode action = actions.path(0);
        if (!action.path("Type").asText().equals("forward") || actions.size() != 1) {
            throw new AwsException(
                    "InvalidConfigurationRequest", "The sandbox has one action for a listener or a rule: forward.");
        }
        Forward forward = new Forward(weights(action));
        for (String arn : forward.groups()) {
            if (!balancing.groups().containsKey(arn)) {
                throw new AwsException("TargetGroupNotFound", "Target groups '%s' not found".formatted(arn));
            }
        }
        return forward;
    }

    private static Map<String, Integer> weights(JsonNode action) {
        Map<String, Integer> weights = new LinkedHashMap<>();
        for (JsonNode group : action.path("ForwardConfig").path("TargetGroups")) {
            int weight = group.path("Weight").asInt(1);
            if (weight < 0 || weight > HEAVIEST) {
                throw new AwsException("ValidationError", "Weight must be 0 to %d".formatted(HEAVIEST));
            }
            weights.put(group.path("TargetGroupArn").asText(), weight);
        }
        if (weights.isEmpty()) {
            weights.put(action.path("TargetGroupArn").asText(), 1);
        }
        return weights;
    }

    static ArrayNode write(Forward forward) {
        ArrayNode actions = Json.array();
        ObjectNode action = actions.addObject().put("Type", "forward").put("Order", 1);
        if (forward.groups().size() == 1) {
            action.put("TargetGroupArn", forward.groups().iterator().next());
        }
        ObjectNode config = action.putObject("ForwardConfig");
        ArrayNode groups = config.putArray("TargetGroups");
        forward.weights()
                .forEach((arn, weight) ->
                        groups.addObject().put("TargetGroupArn", arn).put("Weight", weight));
        config.putObject("TargetGroupStickinessConfig").put("Enabled", false);
        return actions;
    }
}
