package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.Cloud;
import io.deployflow.sandbox.ecs.Arns;
import io.deployflow.sandbox.ecs.Cluster;
import io.deployflow.sandbox.scheduler.Demand;
import io.deployflow.sandbox.scheduler.Task;
import io.deployflow.sandbox.wire.AwsException;
import io.deployflow.sandbox.wire.Json;
import io.deployflow.sandbox.wire.Operations;
import io.deployflow.sandbox.wire.Page;
import java.util.ArrayList;
import java.util.List;

/** Operations on the container instances of a cluster: there is one, as large as the sandbox was told, or larger. */
final class EcsContainerInstances {

    /** What an instance without a limit shows. */
    private static final Demand VAST = new Demand(131_072, 524_288);

    private final Cloud cloud;
    private final Lookup lookup;

    EcsContainerInstances(Cloud cloud) {
        this.cloud = cloud;
        this.lookup = new Lookup(cloud);
    }

    void addTo(Operations operations) {
        operations
                .add("ecs", "ListContainerInstances", this::list)
                .add("ecs", "DescribeContainerInstances", this::describe);
    }

    private ObjectNode list(ObjectNode request) {
        Page<String> page = Page.of(List.of(arn(lookup.cluster(request))), request, 100);
        return page.mark(Json.object().set("containerInstanceArns", Json.strings(page.items())));
    }

    private ObjectNode describe(ObjectNode request) {
        Cluster cluster = lookup.cluster(request);
        List<String> wanted = Json.texts(request, "containerInstances");
        if (wanted.isEmpty()) {
            throw AwsException.invalid("Container instance cannot be blank.");
        }
        List<ObjectNode> found = new ArrayList<>();
        List<ObjectNode> failures = new ArrayList<>();
        for (String reference : wanted) {
            if (Arns.name(reference).equals(cluster.capacity().instance())) {
                found.add(view(cluster));
            } else {
                failures.add(Lookup.missing(reference));
            }
        }
        ObjectNode answer = Json.object();
        answer.set("containerInstances", Json.array(found));
        return answer.set("failures", Json.array(failures));
    }

    private String arn(Cluster cluster) {
        return cloud.arns()
                .ecs("container-instance", cluster.name(), cluster.capacity().instance());
    }

    private ObjectNode view(Cluster cluster) {
        List<Task> tasks = cluster.tasks().map(Cluster.Placed::task).toList();
        Demand whole = cluster.capacity().limit().orElse(VAST);
        Demand used = cluster.capacity().used();
        ObjectNode view = Json.object()
                .put("containerInstanceArn", arn(cluster))
                .put("ec2InstanceId", "i-" + cluster.capacity().instance().substring(0, 17))
                .put("status", "ACTIVE")
                .put("agentConnected", true)
                .put("runningTasksCount", tasks.stream().filter(Task::running).count())
                .put(
                        "pendingTasksCount",
                        tasks.stream()
                                .filter(task -> task.live() && task.state().isPending())
                                .count());
        view.set("registeredResources", resources(whole));
        return view.set(
                "remainingResources",
                resources(new Demand(whole.cpuUnits() - used.cpuUnits(), whole.memoryMiB() - used.memoryMiB())));
    }

    private static ArrayNode resources(Demand demand) {
        ArrayNode resources = Json.array();
        resources.addObject().put("name", "CPU").put("type", "INTEGER").put("integerValue", demand.cpuUnits());
        resources.addObject().put("name", "MEMORY").put("type", "INTEGER").put("integerValue", demand.memoryMiB());
        return resources;
    }
}
