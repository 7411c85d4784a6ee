package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.Cloud;
import io.deployflow.sandbox.ecs.EcsService;
import io.deployflow.sandbox.scheduler.Deployment;
import io.deployflow.sandbox.scheduler.PlannedContainer;
import io.deployflow.sandbox.scheduler.TargetPort;
import io.deployflow.sandbox.scheduler.TaskPlan;
import io.deployflow.sandbox.wire.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Begins a deployment of a service: makes the plan and the service revision. */
final class ServiceDeployer {

    private final Cloud cloud;

    ServiceDeployer(Cloud cloud) {
        this.cloud = cloud;
    }

    void deploy(EcsService service, ObjectNode definition, Instant now) {
        Map<String, String> labels = Map.of(
                "cluster",
                service.cluster().name(),
                "service",
                service.name(),
                "task-definition",
                definition.path("family").asText() + ":"
                        + definition.path("revision").asText());
        TaskPlan plan = cloud.plans().plan(definition, Json.object(), targets(service), labels);
        Deployment deployment = service.scheduler().deploy(cloud.ids().number(), plan, now);
        service.revisions().put(deployment.number(), revision(service, deployment));
    }

    private static List<TargetPort> targets(EcsService service) {
        List<TargetPort> targets = new ArrayList<>();
        Optional<TaskPlan> serving = service.scheduler().lastCompleted().map(Deployment::plan);
        boolean beside = service.scheduler().rules().strategy().staged();
        for (JsonNode loadBalancer : service.settings().path("loadBalancers")) {
            targets.add(new TargetPort(
                    StrategySettings.route(loadBalancer)
                            .map(route -> route.groupFor(serving, beside))
                            .orElseGet(() -> loadBalancer.path("targetGroupArn").asText()),
                    loadBalancer.path("containerName").asText(),
                    loadBalancer.path("containerPort").asInt()));
        }
        return targets;
    }

    private static ObjectNode revision(EcsService service, Deployment deployment) {
        ObjectNode settings = service.settings();
        ObjectNode revision = Json.object()
                .put("serviceRevisionArn", service.revisionArn(deployment))
                .put("serviceArn", service.arn())
                .put("clusterArn", service.cluster().arn())
                .put("taskDefinition", deployment.plan().taskDefinitionArn())
                .put("createdAt", Json.time(deployment.createdAt()))
                .put("guardDutyEnabled", false);
        for (String copied : List.of("launchType", "platformVersion", "loadBalancers", "networkConfiguration")) {
            if (settings.has(copied)) {
                revision.set(copied, settings.path(copied));
            }
        }
        return revision.set("containerImages", images(deployment.plan()));
    }

    private static ArrayNode images(TaskPlan plan) {
        ArrayNode images = Json.array();
        for (PlannedContainer container : plan.containers()) {
            ObjectNode image = images.addObject()
                    .put("containerName", container.spec().name())
                    .put("image", container.image());
            String resolved = container.spec().image();
            int at = resolved.indexOf('@');
            if (at >= 0) {
                image.put("imageDigest", resolved.substring(at + 1));
            }
        }
        return images;
    }
}
