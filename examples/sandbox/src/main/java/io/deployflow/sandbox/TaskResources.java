package io.deployflow.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.sandbox.account.Parameter;
import io.deployflow.sandbox.account.Secret;
import io.deployflow.sandbox.iam.Access;
import io.deployflow.sandbox.iam.Gate;
import io.deployflow.sandbox.iam.Identities;
import io.deployflow.sandbox.iam.Principal;
import io.deployflow.sandbox.scheduler.Preparation;
import io.deployflow.sandbox.scheduler.Resources;
import io.deployflow.sandbox.scheduler.Resources.SecretVariable;
import io.deployflow.sandbox.scheduler.Task;
import io.deployflow.sandbox.wire.Json;
import io.deployflow.sandbox.wire.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gets what a task needs before its containers start, as its execution role, and says what fails as Fargate does. */
final class TaskResources {

    private static final String SECRETS =
            "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: ";
    private static final String LOGS =
            "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to"
                    + " create Cloudwatch log stream: ";
    private static final String RETRIED = "service call has been retried 1 time(s): ";

    private final Cloud cloud;
    private final Identities identities;

    /**
     * In an account and region.
     *
     * @param cloud has the secrets, parameters and log groups
     * @param identities has the execution roles
     */
    TaskResources(Cloud cloud, Identities identities) {
        this.cloud = cloud;
        this.identities = identities;
    }

    /** A failure, in ECS's words. */
    private static final class Unavailable extends Exception {
        private static final long serialVersionUID = 1L;

        Unavailable(String message) {
            super(message);
        }
    }

    /**
     * Gets them.
     *
     * @param task the task
     * @return the values, or why they cannot be had
     */
    public Preparation prepare(Task task) {
        Resources needed = task.plan().resources();
        try {
            requireRegistry(task);
            Map<String, Map<String, String>> variables = new LinkedHashMap<>();
            for (SecretVariable secret : needed.secrets()) {
                variables
                        .computeIfAbsent(secret.container(), name -> new LinkedHashMap<>())
                        .put(secret.name(), value(task, secret.valueFrom()));
            }
            for (Resources.LogGroup group : needed.logGroups()) {
                requireGroup(task, group);
            }
            return new Preparation(Optional.empty(), variables);
        } catch (Unavailable e) {
            return new Preparation(Optional.of(String.valueOf(e.getMessage())), Map.of());
        }
    }

    private void requireRegistry(Task task) throws Unavailable {
        String registry = cloud.registry().endpoint() + "/";
        if (task.plan().containers().stream().anyMatch(each -> each.image().startsWith(registry))) {
            require(
                    task,
                    new Access("ecr:GetAuthorizationToken", "*"),
                    SECRETS + "unable to retrieve ecr registry auth: " + RETRIED);
        }
    }

    private String value(Task task, String valueFrom) throws Unavailable {
        return valueFrom.startsWith("arn:aws:secretsmanager:") ? secret(task, valueFrom) : parameter(task, valueFrom);
    }

    private String parameter(Task task, String valueFrom) throws Unavailable {
        String failed = SECRETS + "unable to retrieve secrets from ssm: ";
        String arn = valueFrom.startsWith("arn:")
                ? valueFrom
                : cloud.arns().of("ssm", (valueFrom.startsWith("/") ? "parameter" : "parameter/") + valueFrom);
        require(task, new Access("ssm:GetParameters", arn), failed + RETRIED);
        return cloud.parameters().values().stream()
                .filter(each -> each.arn().equals(arn) || each.name().equals(valueFrom))
                .findFirst()
                .map(Parameter::value)
                .orElseThrow(() -> new Unavailable(failed + "invalid parameters: " + valueFrom));
    }

    /** {@code arn:aws:secretsmanager:region:account:secret:name[:json-key[:stage[:version]]]}. */
    private String secret(Task task, String valueFrom) throws Unavailable {
        List<String> parts = List.of(valueFrom.split(":", -1));
        String arn = String.join(":", parts.subList(0, Math.min(7, parts.size())));
        String failed = SECRETS + "unable to retrieve secret from asm: " + RETRIED + "failed to fetch secret " + arn
                + " from secrets manager: ";
        require(task, new Access("secretsmanager:GetSecretValue", arn), failed);
        Secret secret = cloud.secrets()
                .find(arn)
                .orElseThrow(() -> new Unavailable(
                        failed + "ResourceNotFoundException: Secrets Manager can't find the specified secret."));
        return parts.size() > 7 && !parts.get(7).isEmpty() ? field(secret, parts.get(7)) : secret.value();
    }

    private static String field(Secret secret, String key) throws Unavailable {
        JsonNode value = Json.isObject(secret.value()) ? Json.parse(secret.value()) : Json.object();
        return Optional.ofNullable(value.get(key))
                .map(JsonNode::asText)
                .orElseThrow(() -> new Unavailable(SECRETS + "unable to retrieve secret from asm: " + RETRIED
                        + "retrieved secret from Secrets Manager did not contain json key " + key));
    }

    private void requireGroup(Task task, Resources.LogGroup group) throws Unavailable {
        String arn = cloud.arns().of("logs", "log-group:" + group.name() + ":log-stream:*");
        require(task, new Access("logs:CreateLogStream", arn), LOGS);
        if (cloud.logGroups().contains(group.name())) {
            return;
        }
        if (!group.create()) {
            throw new Unavailable(
                    LOGS + "ResourceNotFoundException: The specified log group does not exist. : exit status 1");
        }
        require(task, new Access("logs:CreateLogGroup", arn), LOGS);
        cloud.logGroups().add(group.name());
    }

    /** Without an execution role ECS does it by itself; a role that is held to no policy may do everything. */
    private void require(Task task, Access access, String failed) throws Unavailable {
        Optional<Principal> role = task.plan()
                .resources()
                .executionRole()
                .flatMap(identities::role)
                .map(known -> Principal.session(known, task.id(), cloud.now().plusSeconds(3600)));
        try {
            role.ifPresent(principal -> new Gate(identities).check(principal, List.of(access), cloud.now()));
        } catch (Refusal refused) {
            throw new Unavailable(failed + "AccessDeniedException: " + refused.getMessage());
        }
    }
}
