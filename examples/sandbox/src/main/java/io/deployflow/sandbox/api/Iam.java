package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.Cloud;
import io.deployflow.sandbox.iam.Access;
import io.deployflow.sandbox.iam.Identities;
import io.deployflow.sandbox.iam.Role;
import io.deployflow.sandbox.wire.AwsException;
import io.deployflow.sandbox.wire.Json;
import io.deployflow.sandbox.wire.Operations;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Operations that read roles and what principals may do. */
final class Iam {

    private static final int NOT_FOUND = 404;
    private static final int LONGEST_SESSION_SECONDS = 3600;

    private final Cloud cloud;
    private final Identities identities;

    Iam(Cloud cloud, Identities identities) {
        this.cloud = cloud;
        this.identities = identities;
    }

    void addTo(Operations operations) {
        operations.add("iam", "GetRole", this::role).add("iam", "SimulatePrincipalPolicy", this::simulate);
    }

    private ObjectNode role(ObjectNode request) {
        String name = Json.required(request, "RoleName");
        Role role = identities
                .role(cloud.arns().account(), name)
                .orElseThrow(() -> missing("The role with name %s cannot be found.".formatted(name)));
        ObjectNode answer = Json.object();
        answer.putObject("Role")
                .put("Path", role.path())
                .put("RoleName", role.name())
                .put("RoleId", role.id())
                .put("Arn", role.arn())
                .put("CreateDate", role.createdAt().toString())
                .put("AssumeRolePolicyDocument", encoded(role.trust()))
                .put("MaxSessionDuration", LONGEST_SESSION_SECONDS);
        return answer;
    }

    /** Policy documents are URL-encoded in answers, by RFC 3986. */
    private static String encoded(ObjectNode document) {
        return URLEncoder.encode(document.toString(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    private ObjectNode simulate(ObjectNode request) {
        String entity = Json.required(request, "PolicySourceArn");
        if (!entity.matches("arn:aws:iam::\\d{12}:(user|role)/.+")) {
            throw new AwsException(
                    "InvalidInput",
                    "Invalid Entity Arn: %s does not clearly define entity type and name.".formatted(entity));
        }
        if (!identities.exists(entity)) {
            throw missing("The %s cannot be found.".formatted(entity.substring(entity.lastIndexOf(':') + 1)));
        }
        List<ObjectNode> results = new ArrayList<>();
        for (String action : Json.texts(request, "ActionNames")) {
            for (String resource : resources(request)) {
                Access access = new Access(action, resource, context(request));
                results.add(result(access, identities.decide(entity, access).apiName()));
            }
        }
        ObjectNode answer = Json.object().put("IsTruncated", false);
        return answer.set("EvaluationResults", Json.array(results));
    }

    private static List<String> resources(ObjectNode request) {
        List<String> given = Json.texts(request, "ResourceArns");
        return given.isEmpty() ? List.of("*") : given;
    }

    private static Map<String, String> context(ObjectNode request) {
        Map<String, String> context = new HashMap<>();
        for (JsonNode entry : request.path("ContextEntries")) {
            context.put(
                    entry.path("ContextKeyName").asText(),
                    entry.path("ContextKeyValues").path(0).asText());
        }
        return context;
    }

    private static ObjectNode result(Access access, String decision) {
        ObjectNode result = Json.object()
                .put("EvalActionName", access.action())
                .put("EvalResourceName", access.resource())
                .put("EvalDecision", decision);
        result.set("MatchedStatements", Json.array());
        return result.set("MissingContextValues", Json.array());
    }

    private static AwsException missing(String message) {
        return new AwsException("NoSuchEntity", message, NOT_FOUND);
    }
}
