package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.deployflow.sandbox.wire.AwsException;
import io.deployflow.sandbox.wire.Json;

/** The actions of listeners: the sandbox has one, forward to one target group. */
final class ElbActions {

    private ElbActions() {}

    static String forwardsTo(JsonNode actions) {
        JsonNode action = actions.path(0);
        String direct = action.path("TargetGroupArn").asText("");
        JsonNode weighted = action.path("ForwardConfig").path("TargetGroups");
        if (!action.path("Type").asText().equals("forward") || actions.size() != 1 || weighted.size() > 1) {
            throw new AwsException(
                    "InvalidConfigurationRequest",
                    "The sandbox has one action for a listener: forward to one target group.");
        }
        return direct.isEmpty() ? weighted.path(0).path("TargetGroupArn").asText() : direct;
    }

    static ArrayNode forward(String groupArn) {
        ArrayNode actions = Json.array();
        actions.addObject()
                .put("Type", "forward")
                .put("TargetGroupArn", groupArn)
                .put("Order", 1);
        return actions;
    }
}
