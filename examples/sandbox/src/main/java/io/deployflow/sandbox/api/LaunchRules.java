package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.sandbox.wire.AwsException;
import io.deployflow.sandbox.wire.Json;

/** Checks that tasks can be launched in the way that a request says, as RunTask and CreateService do. */
final class LaunchRules {

    private LaunchRules() {}

    static void check(JsonNode definition, JsonNode request) {
        boolean awsvpc = definition.path("networkMode").asText().equals("awsvpc");
        boolean configured = request.path("networkConfiguration").hasNonNull("awsvpcConfiguration");
        if (awsvpc && !configured) {
            throw AwsException.invalid(
                    "Network Configuration must be provided when networkMode 'awsvpc' is specified.");
        }
        if (!awsvpc && configured) {
            throw AwsException.invalid(
                    "Network Configuration is not valid for the given networkMode of this task" + " definition.");
        }
        boolean fargate = request.path("launchType").asText().equals("FARGATE");
        if (fargate && !Json.texts(definition, "compatibilities").contains("FARGATE")) {
            throw AwsException.invalid("Task definition does not support launch_type FARGATE.");
        }
    }
}
