package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.Cloud;
import io.deployflow.sandbox.wire.Json;
import io.deployflow.sandbox.wire.Operations;

/** Operations on the tags of ECS resources. */
final class EcsTags {

    private final Cloud cloud;

    EcsTags(Cloud cloud) {
        this.cloud = cloud;
    }

    void addTo(Operations operations) {
        operations
                .add("ecs", "TagResource", this::tag)
                .add("ecs", "UntagResource", this::untag)
                .add("ecs", "ListTagsForResource", this::list);
    }

    private ObjectNode tag(ObjectNode request) {
        cloud.tags().add(Json.required(request, "resourceArn"), request.path("tags"));
        return Json.object();
    }

    private ObjectNode untag(ObjectNode request) {
        cloud.tags().remove(Json.required(request, "resourceArn"), Json.texts(request, "tagKeys"));
        return Json.object();
    }

    private ObjectNode list(ObjectNode request) {
        return Json.object().set("tags", cloud.tags().of(Json.required(request, "resourceArn")));
    }
}
