package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.Cloud;
import io.deployflow.sandbox.elb.HealthCheckSettings;
import io.deployflow.sandbox.elb.TargetGroup;
import io.deployflow.sandbox.wire.AwsException;
import io.deployflow.sandbox.wire.Json;
import io.deployflow.sandbox.wire.Operations;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Operations on target groups and their attributes. */
final class ElbTargetGroups {

    private final Cloud cloud;

    ElbTargetGroups(Cloud cloud) {
        this.cloud = cloud;
    }

    void addTo(Operations operations) {
        operations
                .add("elbv2", "CreateTargetGroup", this::create)
                .add("elbv2", "DescribeTargetGroups", this::describe)
                .add("elbv2", "ModifyTargetGroup", this::modify)
                .add("elbv2", "DeleteTargetGroup", this::delete)
                .add("elbv2", "DescribeTargetGroupAttributes", this::attributes)
                .add("elbv2", "ModifyTargetGroupAttributes", this::modifyAttributes)
                .add("elbv2", "DescribeAccountLimits", request -> limits());
    }

    static TargetGroup find(Cloud cloud, ObjectNode request) {
        String arn = Json.required(request, "TargetGroupArn");
        TargetGroup group = cloud.balancing().groups().get(arn);
        if (group == null) {
            throw new AwsException("TargetGroupNotFound", "One or more target groups not found");
        }
        return group;
    }

    /** Those of a new account. */
    private static ObjectNode limits() {
        ArrayNode limits = Json.array();
        Map.of(
                        "target-groups",
                        "3000",
                        "targets-per-target-group",
                        "1000",
                        "targets-per-application-load-balancer",
                        "1000")
                .forEach((name, most) -> limits.addObject().put("Name", name).put("Max", most));
        return Json.object().set("Limits", limits);
    }

    private ObjectNode create(ObjectNode request) {
        String name = Json.required(request, "Name");
        if (cloud.balancing().groups().values().stream()
                .anyMatch(group -> group.name().equals(name))) {
            throw new AwsException(
                    "DuplicateTargetGroupName",
                    "A target group with the same name '%s' exists, but with different settings".formatted(name));
        }
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("Protocol", request.path("Protocol").asText("HTTP"));
        settings.put("Port", request.path("Port").asText("80"));
        settings.put("VpcId", request.path("VpcId").asText("vpc-sandbox"));
        settings.put("TargetType", request.path("TargetType").asText("instance"));
        String arn = cloud.arns()
                .of(
                        "elasticloadbalancing",
                        "targetgroup/" + name + "/" + cloud.ids().hex16());
        TargetGroup group = new TargetGroup(arn, name, settings, settings(request, HealthCheckSettings.DEFAULTS));
        cloud.balancing().groups().put(arn, group);
        return groups(List.of(group));
    }

    private ObjectNode describe(ObjectNode request) {
        List<String> arns = Json.texts(request, "TargetGroupArns");
        List<String> names = Json.texts(request, "Names");
        List<TargetGroup> found = cloud.balancing().groups().values().stream()
                .filter(group -> arns.isEmpty() || arns.contains(group.arn()))
                .filter(group -> names.isEmpty() || names.contains(group.name()))
                .toList();
        if (found.size() < Math.max(arns.size(), names.size())) {
            throw new AwsException("TargetGroupNotFound", "One or more target groups not found");
        }
        return groups(found);
    }

    private ObjectNode modify(ObjectNode request) {
        TargetGroup group = find(cloud, request);
        group.healthCheck(settings(request, group.healthCheck()));
        return groups(List.of(group));
    }

    private ObjectNode delete(ObjectNode request) {
        TargetGroup group = find(cloud, request);
        if (cloud.balancing().inUse(group.arn())) {
            throw new AwsException(
                    "ResourceInUse",
                    "Target group '%s' is currently in use by a listener or a rule".formatted(group.arn()));
        }
        cloud.balancing().groups().remove(group.arn());
        return Json.object();
    }

    private ObjectNode attributes(ObjectNode request) {
        return attributes(find(cloud, request));
    }

    private ObjectNode modifyAttributes(ObjectNode request) {
        TargetGroup group = find(cloud, request);
        for (JsonNode attribute : request.path("Attributes")) {
            String key = attribute.path("Key").asText();
            String value = attribute.path("Value").asText();
            if (!group.attributes().containsKey(key)) {
                throw new AwsException(
                        "InvalidConfigurationRequest",
                        "Target group attribute key '%s' is not recognized".formatted(key));
            }
            if (key.equals(TargetGroup.DEREGISTRATION_DELAY) && !isDelay(value)) {
                throw new AwsException("ValidationError", "'%s' must be an integer of 0 to 3600".formatted(key));
            }
            group.attributes().put(key, value);
        }
        return attributes(group);
    }

    private static boolean isDelay(String value) {
        return value.matches("\\d{1,4}") && Integer.parseInt(value) <= 3600;
    }

    private static HealthCheckSettings settings(ObjectNode request, HealthCheckSettings old) {
        return new HealthCheckSettings(
                request.path("HealthCheckPath").asText(old.path()),
                request.path("HealthCheckPort").asText(old.port()),
                seconds(request, "HealthCheckIntervalSeconds", old.interval()),
                seconds(request, "HealthCheckTimeoutSeconds", old.timeout()),
                request.path("HealthyThresholdCount").asInt(old.healthyThreshold()),
                request.path("UnhealthyThresholdCount").asInt(old.unhealthyThreshold()),
                request.path("Matcher").path("HttpCode").asText(old.matcher()));
    }

    private static Duration seconds(ObjectNode request, String field, Duration old) {
        return Duration.ofSeconds(request.path(field).asLong(old.toSeconds()));
    }

    private static ObjectNode attributes(TargetGroup group) {
        ArrayNode attributes = Json.array();
        group.attributes()
                .forEach((key, value) -> attributes.addObject().put("Key", key).put("Value", value));
        return Json.object().set("Attributes", attributes);
    }

    private ObjectNode groups(List<TargetGroup> groups) {
        return Json.object()
                .set("TargetGroups", Json.array(groups.stream().map(this::view).toList()));
    }

    private ObjectNode view(TargetGroup group) {
        HealthCheckSettings check = group.healthCheck();
        ObjectNode view = Json.object().put("TargetGroupArn", group.arn()).put("TargetGroupName", group.name());
        group.settings().forEach(view::put);
        view.put("HealthCheckEnabled", "true")
                .put("HealthCheckProtocol", "HTTP")
                .put("HealthCheckPath", check.path())
                .put("HealthCheckPort", check.port())
                .put("HealthCheckIntervalSeconds", check.interval().toSeconds())
                .put("HealthCheckTimeoutSeconds", check.timeout().toSeconds())
                .put("HealthyThresholdCount", check.healthyThreshold())
                .put("UnhealthyThresholdCount", check.unhealthyThreshold())
                .put("ProtocolVersion", "HTTP1")
                .put("IpAddressType", "ipv4");
        view.putObject("Matcher").put("HttpCode", check.matcher());
        return view.set("LoadBalancerArns", Json.strings(cloud.balancing().balancersOf(group.arn())));
    }
}
