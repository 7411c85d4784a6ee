package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.ecs.EcsService;
import io.deployflow.sandbox.scheduler.Deployment;
import io.deployflow.sandbox.wire.Json;

/**
 * Makes the task sets that DescribeServices shows instead of deployments where CodeDeploy or something else deploys the
 * service.
 */
final class TaskSetView {

    private TaskSetView() {}

    /** Whether ECS itself deploys a service. */
    static boolean deployedByEcs(EcsService service) {
        return controller(service.settings()).equals("ECS");
    }

    /** The type of the deployment controller: ECS, CODE_DEPLOY or EXTERNAL. */
    static String controller(ObjectNode settings) {
        return settings.path("deploymentController").path("type").asText();
    }

    static ArrayNode of(EcsService service) {
        ArrayNode sets = Json.array();
        service.scheduler().deployments().forEach(deployment -> sets.add(view(service, deployment)));
        return sets;
    }

    private static ObjectNode view(EcsService service, Deployment deployment) {
        ObjectNode counts = ServiceView.revisionCounts(service, deployment);
        int desired = counts.path("requestedTaskCount").asInt();
        int running = counts.path("runningTaskCount").asInt();
        ObjectNode view = Json.object()
                .put("id", deployment.id())
                .put("taskSetArn", service.part("task-set", deployment.id()))
                .put("serviceArn", service.arn())
                .put("clusterArn", service.cluster().arn())
                .put("status", "PRIMARY")
                .put("taskDefinition", deployment.plan().taskDefinitionArn())
                .put("computedDesiredCount", desired)
                .put("pendingCount", counts.path("pendingTaskCount").asInt())
                .put("runningCount", running)
                .put("createdAt", Json.time(deployment.createdAt()))
                .put("updatedAt", Json.time(deployment.updatedAt()))
                .put("launchType", service.settings().path("launchType").asText())
                .put("stabilityStatus", running == desired ? "STEADY_STATE" : "STABILIZING")
                .put("stabilityStatusAt", Json.time(deployment.updatedAt()));
        view.putObject("scale").put("value", 100.0).put("unit", "PERCENT");
        view.set("loadBalancers", service.settings().path("loadBalancers"));
        return view.set("serviceRegistries", Json.array());
    }
}
