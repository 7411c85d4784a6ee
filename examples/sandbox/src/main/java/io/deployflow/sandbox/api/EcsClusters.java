package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.Cloud;
import io.deployflow.sandbox.ecs.Arns;
import io.deployflow.sandbox.ecs.Cluster;
import io.deployflow.sandbox.scheduler.Capacity;
import io.deployflow.sandbox.scheduler.StandaloneTasks;
import io.deployflow.sandbox.scheduler.Task;
import io.deployflow.sandbox.wire.AwsException;
import io.deployflow.sandbox.wire.Json;
import io.deployflow.sandbox.wire.Operations;
import io.deployflow.sandbox.wire.Page;
import java.util.ArrayList;
import java.util.List;

/** Operations on clusters. */
final class EcsClusters {

    private final Cloud cloud;
    private final Lookup lookup;

    EcsClusters(Cloud cloud) {
        this.cloud = cloud;
        this.lookup = new Lookup(cloud);
    }

    void addTo(Operations operations) {
        operations
                .add("ecs", "CreateCluster", this::create)
                .add("ecs", "DescribeClusters", this::describe)
                .add("ecs", "ListClusters", this::list)
                .add("ecs", "DeleteCluster", this::delete);
    }

    private ObjectNode create(ObjectNode request) {
        String name = Json.text(request, "clusterName").orElse("default");
        String arn = cloud.arns().ecs("cluster", name);
        Cluster cluster = cloud.clusters().computeIfAbsent(name, absent -> empty(name, arn));
        cloud.tags().add(arn, request.path("tags"));
        return Json.object().set("cluster", view(cluster));
    }

    private Cluster empty(String name, String arn) {
        Capacity capacity = new Capacity(cloud.ids().task());
        return new Cluster(name, arn, new StandaloneTasks(capacity, cloud.timings(), cloud.ids()), capacity);
    }

    private ObjectNode describe(ObjectNode request) {
        List<String> wanted = Json.texts(request, "clusters");
        if (wanted.size() > 100) {
            throw AwsException.invalid("Clusters cannot have more than 100 elements.");
        }
        List<ObjectNode> found = new ArrayList<>();
        List<ObjectNode> failures = new ArrayList<>();
        for (String reference : wanted.isEmpty() ? List.of("default") : wanted) {
            Cluster cluster = cloud.clusters().get(Arns.name(reference));
            if (cluster == null) {
                failures.add(Lookup.missing(cloud.arns().ecs("cluster", Arns.name(reference))));
            } else {
                found.add(view(cluster));
            }
        }
        ObjectNode answer = Json.object();
        answer.set("clusters", Json.array(found));
        answer.set("failures", Json.array(failures));
        return answer;
    }

    private ObjectNode list(ObjectNode request) {
        List<String> arns = cloud.clusters().values().stream().map(Cluster::arn).toList();
        Page<String> page = Page.of(arns, request, 100);
        return page.mark(Json.object().set("clusterArns", Json.strings(page.items())));
    }

    private ObjectNode delete(ObjectNode request) {
        Cluster cluster = lookup.cluster(request);
        if (cluster.active().findAny().isPresent()) {
            throw new AwsException(
                    "ClusterContainsServicesException", "The Cluster cannot be deleted while Services are active.");
        }
        if (cluster.tasks().anyMatch(placed -> !placed.task().stopped())) {
            throw new AwsException(
                    "ClusterContainsTasksException", "The Cluster cannot be deleted while Tasks are active.");
        }
        cloud.clusters().remove(cluster.name());
        return Json.object().set("cluster", view(cluster).put("status", "INACTIVE"));
    }

    private ObjectNode view(Cluster cluster) {
        List<Task> tasks = cluster.tasks().map(Cluster.Placed::task).toList();
        ObjectNode view = Json.object()
                .put("clusterArn", cluster.arn())
                .put("clusterName", cluster.name())
                .put("status", "ACTIVE")
                .put("registeredContainerInstancesCount", 1)
                .put("runningTasksCount", tasks.stream().filter(Task::running).count())
                .put(
                        "pendingTasksCount",
                        tasks.stream().filter(task -> task.state().isPending()).count())
                .put("activeServicesCount", cluster.active().count());
        view.set("tags", cloud.tags().of(cluster.arn()));
        return view;
    }
}
