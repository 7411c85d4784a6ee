package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.Cloud;
import io.deployflow.sandbox.ecs.Arns;
import io.deployflow.sandbox.ecs.Cluster;
import io.deployflow.sandbox.ecs.EcsService;
import io.deployflow.sandbox.wire.AwsException;
import io.deployflow.sandbox.wire.Json;
import java.util.Optional;

/** Finds what a request names, or fails as ECS does. */
final class Lookup {

    private final Cloud cloud;

    Lookup(Cloud cloud) {
        this.cloud = cloud;
    }

    /** The cluster that a request names, or the one called default. */
    Cluster cluster(ObjectNode request) {
        return Optional.ofNullable(cloud.clusters()
                        .get(Arns.name(Json.text(request, "cluster").orElse("default"))))
                .orElseThrow(() -> new AwsException("ClusterNotFoundException", "Cluster not found."));
    }

    /** A service of the request's cluster, deleted or not. */
    EcsService service(ObjectNode request) {
        String name = Arns.name(Json.required(request, "service"));
        return Optional.ofNullable(cluster(request).services().get(name))
                .orElseThrow(() -> new AwsException("ServiceNotFoundException", "Service not found."));
    }

    /** A service that is not deleted. */
    EcsService activeService(ObjectNode request) {
        EcsService service = service(request);
        if (!service.status().equals("ACTIVE")) {
            throw new AwsException("ServiceNotActiveException", "Service was not ACTIVE.");
        }
        return service;
    }

    /** A task of the request's cluster. */
    Cluster.Placed task(ObjectNode request) {
        String id = Arns.name(Json.required(request, "task"));
        return cluster(request)
                .tasks()
                .filter(placed -> placed.task().id().equals(id))
                .findFirst()
                .orElseThrow(() -> AwsException.invalid("The referenced task was not found."));
    }

    /** The entry for something that a Describe call did not find. */
    static ObjectNode missing(String arn) {
        return Json.object().put("arn", arn).put("reason", "MISSING");
    }
}
