package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.Cloud;
import io.deployflow.sandbox.elb.TargetGroup;
import io.deployflow.sandbox.elb.TargetHealth;
import io.deployflow.sandbox.elb.TargetRef;
import io.deployflow.sandbox.wire.Json;
import io.deployflow.sandbox.wire.Operations;
import java.util.ArrayList;
import java.util.List;

/** Operations on the targets of a group. */
final class ElbTargets {

    private final Cloud cloud;

    ElbTargets(Cloud cloud) {
        this.cloud = cloud;
    }

    void addTo(Operations operations) {
        operations
                .add("elbv2", "RegisterTargets", this::register)
                .add("elbv2", "DeregisterTargets", this::deregister)
                .add("elbv2", "DescribeTargetHealth", this::health);
    }

    private ObjectNode register(ObjectNode request) {
        targets(request).forEach(target -> cloud.balancing().register(target, cloud.now()));
        return Json.object();
    }

    private ObjectNode deregister(ObjectNode request) {
        targets(request).forEach(target -> cloud.balancing().deregister(target, cloud.now()));
        return Json.object();
    }

    private ObjectNode health(ObjectNode request) {
        TargetGroup group = ElbTargetGroups.find(cloud, request);
        List<TargetRef> named = targets(request);
        ArrayNode descriptions = Json.array();
        for (TargetRef target : named.isEmpty() ? group.targets().keySet() : named) {
            descriptions.add(description(target, cloud.balancing().health(target), group));
        }
        return Json.object().set("TargetHealthDescriptions", descriptions);
    }

    private List<TargetRef> targets(ObjectNode request) {
        TargetGroup group = ElbTargetGroups.find(cloud, request);
        List<TargetRef> targets = new ArrayList<>();
        for (JsonNode target : request.path("Targets")) {
            int port =
                    target.path("Port").asInt(Integer.parseInt(group.settings().getOrDefault("Port", "80")));
            targets.add(new TargetRef(group.arn(), target.path("Id").asText(), port));
        }
        return targets;
    }

    private static ObjectNode description(TargetRef target, TargetHealth health, TargetGroup group) {
        ObjectNode description = Json.object();
        description.putObject("Target").put("Id", target.host()).put("Port", target.port());
        description.put("HealthCheckPort", group.healthCheck().checkedPort(target.port()));
        ObjectNode state = description
                .putObject("TargetHealth")
                .put("State", health.state().apiName());
        if (!health.reason().isEmpty()) {
            state.put("Reason", health.reason()).put("Description", health.description());
        }
        return description;
    }
}
