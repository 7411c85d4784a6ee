package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.Cloud;
import io.deployflow.sandbox.account.Secret;
import io.deployflow.sandbox.wire.AwsException;
import io.deployflow.sandbox.wire.Json;
import io.deployflow.sandbox.wire.Operations;

/** Operations on secrets. A secret has one version, AWSCURRENT. */
final class SecretsManager {

    private static final String STAGE = "AWSCURRENT";

    private final Cloud cloud;

    SecretsManager(Cloud cloud) {
        this.cloud = cloud;
    }

    void addTo(Operations operations) {
        operations
                .add("secretsmanager", "CreateSecret", this::create)
                .add("secretsmanager", "DescribeSecret", this::describe)
                .add("secretsmanager", "GetSecretValue", this::value)
                .add("secretsmanager", "DeleteSecret", this::delete);
    }

    private ObjectNode create(ObjectNode request) {
        String name = Json.required(request, "Name");
        if (cloud.secrets().find(name).isPresent()) {
            throw new AwsException(
                    "ResourceExistsException",
                    "The operation failed because the secret %s already exists.".formatted(name));
        }
        String suffix = cloud.ids().hex16().substring(0, 6);
        Secret secret = new Secret(
                cloud.arns().of("secretsmanager", "secret:" + name + "-" + suffix),
                name,
                request.path("Description").asText(""),
                request.path("SecretString").asText(""),
                cloud.ids().uuid(),
                cloud.now());
        cloud.secrets().put(secret);
        return brief(secret).put("VersionId", secret.versionId());
    }

    private ObjectNode describe(ObjectNode request) {
        Secret secret = require(request);
        ObjectNode view = brief(secret)
                .put("Description", secret.description())
                .put("CreatedDate", Json.time(secret.createdAt()))
                .put("LastChangedDate", Json.time(secret.createdAt()));
        view.putObject("VersionIdsToStages").putArray(secret.versionId()).add(STAGE);
        return view;
    }

    private ObjectNode value(ObjectNode request) {
        Secret secret = require(request);
        String stage = request.path("VersionStage").asText(STAGE);
        if (!stage.equals(STAGE)) {
            throw missing("Secrets Manager can't find the specified secret value for staging label: " + stage);
        }
        ObjectNode view = brief(secret)
                .put("VersionId", secret.versionId())
                .put("SecretString", secret.value())
                .put("CreatedDate", Json.time(secret.createdAt()));
        view.putArray("VersionStages").add(STAGE);
        return view;
    }

    private ObjectNode delete(ObjectNode request) {
        Secret secret = require(request);
        cloud.secrets().remove(secret);
        return brief(secret).put("DeletionDate", Json.time(cloud.now()));
    }

    private Secret require(ObjectNode request) {
        return cloud.secrets()
                .find(Json.required(request, "SecretId"))
                .orElseThrow(() -> missing("Secrets Manager can't find the specified secret."));
    }

    private static AwsException missing(String message) {
        return new AwsException("ResourceNotFoundException", message);
    }

    private static ObjectNode brief(Secret secret) {
        return Json.object().put("ARN", secret.arn()).put("Name", secret.name());
    }
}
