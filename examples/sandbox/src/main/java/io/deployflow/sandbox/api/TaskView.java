package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.Cloud;
import io.deployflow.sandbox.ecs.Arns;
import io.deployflow.sandbox.ecs.Cluster;
import io.deployflow.sandbox.ecs.Cluster.Placed;
import io.deployflow.sandbox.port.ContainerStatus;
import io.deployflow.sandbox.port.ContainerStatus.Health;
import io.deployflow.sandbox.scheduler.Moment;
import io.deployflow.sandbox.scheduler.PlannedContainer;
import io.deployflow.sandbox.scheduler.Task;
import io.deployflow.sandbox.wire.Json;
import java.util.List;
import java.util.Optional;

/** Makes a task as DescribeTasks shows it. */
final class TaskView {

    private final Cloud cloud;

    TaskView(Cloud cloud) {
        this.cloud = cloud;
    }

    String arn(Cluster cluster, Task task) {
        return cloud.arns().ecs("task", cluster.name(), task.id());
    }

    String family(Task task) {
        String name = Arns.name(task.plan().taskDefinitionArn());
        return name.substring(0, name.indexOf(':'));
    }

    ObjectNode of(Cluster cluster, Placed placed) {
        Task task = placed.task();
        ObjectNode view = Json.object()
                .put("taskArn", arn(cluster, task))
                .put("clusterArn", cluster.arn())
                .put("taskDefinitionArn", task.plan().taskDefinitionArn())
                .put("lastStatus", task.state().name())
                .put("desiredStatus", task.live() ? "RUNNING" : "STOPPED")
                .put("healthStatus", health(task).name())
                .put("startedBy", task.startedBy())
                .put(
                        "group",
                        placed.service()
                                .map(service -> "service:" + service.name())
                                .orElseGet(() -> "family:" + family(task)))
                .put(
                        "launchType",
                        placed.service()
                                .map(service ->
                                        service.settings().path("launchType").asText())
                                .orElse("EC2"))
                .put("containerInstanceArn", instance(cluster))
                .put("cpu", Long.toString(task.plan().demand().cpuUnits()))
                .put("memory", Long.toString(task.plan().demand().memoryMiB()))
                .put("connectivity", "CONNECTED")
                .put("version", task.stopped() ? 2 : 1);
        for (Moment moment : Moment.values()) {
            task.at(moment).ifPresent(time -> view.put(moment.field(), Json.time(time)));
        }
        task.stop()
                .ifPresent(stop -> view.put("stopCode", stop.code().apiName()).put("stoppedReason", stop.reason()));
        view.set("attachments", Json.array());
        view.set("tags", cloud.tags().of(arn(cluster, task)));
        view.set("overrides", cloud.overrides().getOrDefault(task.id(), Json.object()));
        return view.set("containers", containers(cluster, task));
    }

    private String instance(Cluster cluster) {
        return cloud.arns()
                .ecs("container-instance", cluster.name(), cluster.capacity().instance());
    }

    /**
     * The health of a task is that of its essential containers with a check: the worst, and unknown rather than
     * healthy.
     */
    private static Health health(Task task) {
        List<Health> checked = task.plan().containers().stream()
                .filter(planned ->
                        planned.essential() && planned.spec().healthCheck().isPresent())
                .map(planned -> seen(task, planned.spec().name())
                        .map(ContainerStatus::health)
                        .orElse(Health.UNKNOWN))
                .toList();
        if (checked.contains(Health.UNHEALTHY)) {
            return Health.UNHEALTHY;
        }
        return checked.isEmpty() || checked.contains(Health.UNKNOWN) ? Health.UNKNOWN : Health.HEALTHY;
    }

    private ArrayNode containers(Cluster cluster, Task task) {
        ArrayNode containers = Json.array();
        for (PlannedContainer planned : task.plan().containers()) {
            String name = planned.spec().name();
            ObjectNode container = containers
                    .addObject()
                    .put("containerArn", cloud.arns().ecs("container", cluster.name(), task.id(), name))
                    .put("taskArn", arn(cluster, task))
                    .put("name", name)
                    .put("image", planned.image())
                    .put("lastStatus", task.stopped() ? "STOPPED" : "PENDING")
                    .put("healthStatus", Health.UNKNOWN.name());
            container.set("networkBindings", Json.array());
            container.set("networkInterfaces", Json.array());
            seen(task, name).ifPresent(status -> add(status, container));
        }
        return containers;
    }

    private static Optional<ContainerStatus> seen(Task task, String name) {
        return task.containers().stream()
                .filter(status -> status.name().equals(name))
                .findFirst();
    }

    private static void add(ContainerStatus status, ObjectNode container) {
        container
                .put("lastStatus", state(status))
                .put("healthStatus", status.health().name());
        status.exitCode().ifPresent(code -> container.put("exitCode", code));
        status.failure().ifPresent(reason -> container.put("reason", reason));
        status.runtimeId().ifPresent(id -> container.put("runtimeId", id));
        status.imageDigest().ifPresent(digest -> container.put("imageDigest", digest));
        ArrayNode bindings = container.putArray("networkBindings");
        status.ports()
                .forEach((containerPort, hostPort) -> bindings.addObject()
                        .put("bindIP", "127.0.0.1")
                        .put("containerPort", containerPort)
                        .put("hostPort", hostPort)
                        .put("protocol", "tcp"));
    }

    private static String state(ContainerStatus status) {
        return switch (status.state()) {
            case PULLING, STARTING -> "PENDING";
            case RUNNING -> "RUNNING";
            case EXITED, FAILED -> "STOPPED";
        };
    }
}
