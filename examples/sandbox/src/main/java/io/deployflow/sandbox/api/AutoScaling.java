package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.Cloud;
import io.deployflow.sandbox.wire.AwsException;
import io.deployflow.sandbox.wire.Json;
import io.deployflow.sandbox.wire.Operations;
import io.deployflow.sandbox.wire.Page;
import java.util.Collection;
import java.util.List;

/** Operations of Application Auto Scaling: what is registered is shown, and nothing is scaled by it. */
final class AutoScaling {

    private static final String SERVICE = "application-autoscaling";
    private static final int MOST_DESCRIBED = 50;
    private static final String ROLE =
            "arn:aws:iam::%s:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/"
                    + "AWSServiceRoleForApplicationAutoScaling_ECSService";

    private final Cloud cloud;

    AutoScaling(Cloud cloud) {
        this.cloud = cloud;
    }

    void addTo(Operations operations) {
        operations
                .add(SERVICE, "RegisterScalableTarget", this::register)
                .add(SERVICE, "DescribeScalableTargets", this::describeTargets)
                .add(SERVICE, "PutScalingPolicy", this::putPolicy)
                .add(SERVICE, "DescribeScalingPolicies", this::describePolicies);
    }

    private ObjectNode register(ObjectNode request) {
        ObjectNode target = cloud.scalableTargets().computeIfAbsent(key(request), absent -> newTarget(request));
        for (String field : List.of("MinCapacity", "MaxCapacity", "SuspendedState")) {
            if (request.has(field)) {
                target.set(field, request.path(field));
            }
        }
        return Json.object()
                .put("ScalableTargetARN", target.path("ScalableTargetARN").asText());
    }

    private ObjectNode newTarget(ObjectNode request) {
        if (!request.has("MinCapacity") || !request.has("MaxCapacity")) {
            throw invalid("MinCapacity and MaxCapacity must be specified for a new scalable target.");
        }
        ObjectNode target = Json.object()
                .put("ServiceNamespace", request.path("ServiceNamespace").asText())
                .put("ResourceId", request.path("ResourceId").asText())
                .put("ScalableDimension", request.path("ScalableDimension").asText())
                .put("RoleARN", ROLE.formatted(cloud.arns().account()))
                .put("CreationTime", Json.time(cloud.now()))
                .put(
                        "ScalableTargetARN",
                        cloud.arns()
                                .of(SERVICE, "scalable-target/" + cloud.ids().hex16()));
        target.putObject("SuspendedState")
                .put("DynamicScalingInSuspended", false)
                .put("DynamicScalingOutSuspended", false)
                .put("ScheduledScalingSuspended", false);
        return target;
    }

    private ObjectNode putPolicy(ObjectNode request) {
        if (!cloud.scalableTargets().containsKey(key(request))) {
            throw new AwsException(
                    "ObjectNotFoundException",
                    "No scalable target registered for service namespace: %s, resource ID: %s, scalable dimension: %s"
                            .formatted(
                                    request.path("ServiceNamespace").asText(),
                                    request.path("ResourceId").asText(),
                                    request.path("ScalableDimension").asText()));
        }
        String name = Json.required(request, "PolicyName");
        String arn = cloud.arns()
                .of(
                        "autoscaling",
                        "scalingPolicy:%s:resource/ecs/%s:policyName/%s"
                                .formatted(
                                        cloud.ids().uuid(),
                                        request.path("ResourceId").asText(),
                                        name));
        ObjectNode policy = request.deepCopy().put("PolicyARN", arn).put("CreationTime", Json.time(cloud.now()));
        cloud.scalingPolicies().put(key(request) + "/" + name, policy);
        ObjectNode answer = Json.object().put("PolicyARN", arn);
        return answer.set("Alarms", Json.array());
    }

    private ObjectNode describeTargets(ObjectNode request) {
        return describe(request, "ScalableTargets", cloud.scalableTargets().values(), "ResourceIds");
    }

    private ObjectNode describePolicies(ObjectNode request) {
        return describe(request, "ScalingPolicies", cloud.scalingPolicies().values(), "ResourceId");
    }

    private static ObjectNode describe(
            ObjectNode request, String field, Collection<ObjectNode> all, String resourceField) {
        Json.required(request, "ServiceNamespace");
        List<String> resources = request.path(resourceField).isArray()
                ? Json.texts(request, resourceField)
                : Json.text(request, resourceField).stream().toList();
        List<ObjectNode> found = all.stream()
                .filter(each -> same(request, each, "ServiceNamespace") && same(request, each, "ScalableDimension"))
                .filter(each -> resources.isEmpty()
                        || resources.contains(each.path("ResourceId").asText()))
                .toList();
        Page<ObjectNode> page = Page.ofCapitals(found, request, MOST_DESCRIBED);
        return page.mark(Json.object().set(field, Json.array(page.items())));
    }

    private static boolean same(ObjectNode request, ObjectNode found, String field) {
        return !request.hasNonNull(field) || request.path(field).equals(found.path(field));
    }

    private static String key(ObjectNode request) {
        return Json.required(request, "ServiceNamespace") + "/" + Json.required(request, "ResourceId") + "/"
                + Json.required(request, "ScalableDimension");
    }

    private static AwsException invalid(String message) {
        return new AwsException("ValidationException", message);
    }
}
