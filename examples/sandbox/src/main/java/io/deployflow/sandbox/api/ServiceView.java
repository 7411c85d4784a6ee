package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.Cloud;
import io.deployflow.sandbox.ecs.EcsService;
import io.deployflow.sandbox.scheduler.Deployment;
import io.deployflow.sandbox.scheduler.ServiceDeployment;
import io.deployflow.sandbox.scheduler.ServiceScheduler;
import io.deployflow.sandbox.scheduler.Task;
import io.deployflow.sandbox.wire.Json;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Makes a service as DescribeServices shows it. */
final class ServiceView {

    private final Cloud cloud;

    ServiceView(Cloud cloud) {
        this.cloud = cloud;
    }

    ObjectNode withTags(EcsService service) {
        return of(service).set("tags", cloud.tags().of(service.arn()));
    }

    ObjectNode of(EcsService service) {
        ServiceScheduler scheduler = service.scheduler();
        ObjectNode view = service.settings().deepCopy();
        view.put("serviceName", service.name())
                .put("serviceArn", service.arn())
                .put("clusterArn", service.cluster().arn())
                .put("status", service.status())
                .put("desiredCount", scheduler.rules().desired())
                .put("runningCount", running(scheduler.tasks()))
                .put("pendingCount", pending(scheduler.tasks()))
                .put("createdAt", Json.time(service.createdAt()))
                .put(
                        "createdBy",
                        "arn:aws:iam::%s:user/sandbox".formatted(cloud.arns().account()))
                .put(
                        "roleArn",
                        "arn:aws:iam::%s:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"
                                .formatted(cloud.arns().account()));
        scheduler.deployments().stream()
                .findFirst()
                .ifPresent(primary -> view.put("taskDefinition", primary.plan().taskDefinitionArn()));
        view.set("events", events(scheduler));
        if (!TaskSetView.deployedByEcs(service)) {
            view.set("deployments", Json.array());
            return view.set("taskSets", TaskSetView.of(service));
        }
        view.set("deployments", deployments(service));
        current(service)
                .ifPresent(deployment ->
                        view.put("currentServiceDeployment", service.part("service-deployment", deployment.id())));
        return view.set("currentServiceRevisions", revisions(service));
    }

    private Optional<ServiceDeployment> current(EcsService service) {
        return service.scheduler().history().stream()
                .filter(deployment -> visible(deployment, cloud))
                .reduce((older, newer) -> newer);
    }

    /** Whether a service deployment shows already: ECS makes it a moment after the deployment. */
    static boolean visible(ServiceDeployment deployment, Cloud cloud) {
        return !deployment
                .target()
                .createdAt()
                .plus(cloud.timings().serviceDeploymentLag())
                .isAfter(cloud.now());
    }

    private static ArrayNode deployments(EcsService service) {
        ArrayNode array = Json.array();
        List<Deployment> deployments = service.scheduler().deployments();
        for (Deployment deployment : deployments) {
            boolean primary = deployment.equals(deployments.get(0));
            List<Task> live = service.scheduler().live(deployment);
            array.addObject()
                    .put("id", deployment.id())
                    .put("status", primary ? "PRIMARY" : "ACTIVE")
                    .put("taskDefinition", deployment.plan().taskDefinitionArn())
                    .put("desiredCount", service.scheduler().requested(deployment))
                    .put("pendingCount", pending(live))
                    .put("runningCount", running(live))
                    .put("failedTasks", deployment.failedTasks())
                    .put("createdAt", Json.time(deployment.createdAt()))
                    .put("updatedAt", Json.time(deployment.updatedAt()))
                    .put("launchType", service.settings().path("launchType").asText())
                    .put("rolloutState", deployment.state().name())
                    .put("rolloutStateReason", deployment.reason());
        }
        return array;
    }

    private static ArrayNode events(ServiceScheduler scheduler) {
        ArrayNode array = Json.array();
        scheduler
                .events()
                .forEach(event -> array.addObject()
                        .put("id", event.id())
                        .put("createdAt", Json.time(event.createdAt()))
                        .put("message", event.message()));
        return array;
    }

    private static ArrayNode revisions(EcsService service) {
        ArrayNode array = Json.array();
        service.scheduler().deployments().stream()
                .map(deployment -> revisionCounts(service, deployment))
                .forEach(array::add);
        return array;
    }

    /** A service revision with the counts of its tasks. */
    static ObjectNode revisionCounts(EcsService service, Deployment deployment) {
        ServiceScheduler scheduler = service.scheduler();
        List<Task> live = scheduler.live(deployment);
        return Json.object()
                .put("arn", service.revisionArn(deployment))
                .put("requestedTaskCount", scheduler.requested(deployment))
                .put("runningTaskCount", running(live))
                .put("pendingTaskCount", pending(live));
    }

    private static int running(Collection<Task> tasks) {
        return (int) tasks.stream().filter(Task::running).count();
    }

    private static int pending(Collection<Task> tasks) {
        return (int) tasks.stream()
                .filter(task -> task.live() && task.state().isPending())
                .count();
    }
}
