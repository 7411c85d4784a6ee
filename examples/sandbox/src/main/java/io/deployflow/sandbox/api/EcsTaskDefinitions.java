package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.Cloud;
import io.deployflow.sandbox.ecs.TaskDefinitionRules;
import io.deployflow.sandbox.wire.AwsException;
import io.deployflow.sandbox.wire.Json;
import io.deployflow.sandbox.wire.Operations;
import io.deployflow.sandbox.wire.Page;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Operations on task definitions. */
final class EcsTaskDefinitions {

    private final Cloud cloud;

    EcsTaskDefinitions(Cloud cloud) {
        this.cloud = cloud;
    }

    void addTo(Operations operations) {
        operations
                .add("ecs", "RegisterTaskDefinition", this::register)
                .add("ecs", "DescribeTaskDefinition", this::describe)
                .add("ecs", "ListTaskDefinitions", this::list)
                .add("ecs", "ListTaskDefinitionFamilies", this::families)
                .add("ecs", "DeregisterTaskDefinition", this::deregister);
    }

    private ObjectNode register(ObjectNode request) {
        ObjectNode stored = cloud.taskDefinitions().register(TaskDefinitionRules.complete(request), cloud.now());
        String arn = stored.path("taskDefinitionArn").asText();
        cloud.tags().add(arn, request.path("tags"));
        return answer(stored, true);
    }

    private ObjectNode describe(ObjectNode request) {
        return answer(
                find(Json.required(request, "taskDefinition")),
                Json.texts(request, "include").contains("TAGS"));
    }

    private ObjectNode deregister(ObjectNode request) {
        String reference = Json.required(request, "taskDefinition");
        if (!reference.contains(":")) {
            throw AwsException.client("Revision is missing.");
        }
        ObjectNode stored = find(reference);
        stored.put("status", "INACTIVE").put("deregisteredAt", Json.time(cloud.now()));
        return Json.object().set("taskDefinition", stored);
    }

    private ObjectNode list(ObjectNode request) {
        String family = request.path("familyPrefix").asText("");
        List<String> arns = new ArrayList<>(
                cloud.taskDefinitions().list(request.path("status").asText("ACTIVE")).stream()
                        .filter(stored -> family.isEmpty()
                                || stored.path("family").asText().equals(family))
                        .map(stored -> stored.path("taskDefinitionArn").asText())
                        .toList());
        if (request.path("sort").asText().equals("DESC")) {
            Collections.reverse(arns);
        }
        Page<String> page = Page.of(arns, request, 100);
        return page.mark(Json.object().set("taskDefinitionArns", Json.strings(page.items())));
    }

    private ObjectNode families(ObjectNode request) {
        String prefix = request.path("familyPrefix").asText("");
        List<String> families = cloud.taskDefinitions().list("ACTIVE").stream()
                .map(stored -> stored.path("family").asText())
                .filter(family -> family.startsWith(prefix))
                .distinct()
                .toList();
        Page<String> page = Page.of(families, request, 100);
        return page.mark(Json.object().set("families", Json.strings(page.items())));
    }

    private ObjectNode find(String reference) {
        return cloud.taskDefinitions()
                .find(reference)
                .orElseThrow(() -> AwsException.client("Unable to describe task definition."));
    }

    private ObjectNode answer(ObjectNode stored, boolean tags) {
        ObjectNode answer = Json.object().set("taskDefinition", stored);
        return tags
                ? answer.set(
                        "tags", cloud.tags().of(stored.path("taskDefinitionArn").asText()))
                : answer;
    }
}
