package io.deployflow.ecs;

import io.deployflow.Check;
import io.deployflow.ConfigurationException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Role;

/** Whether the roles are there that tasks get, and whether a task may have them. */
final class RoleChecks {
    private static final String TASKS = "ecs-tasks.amazonaws.com";
    private static final String EXECUTION = "execution role";

    private final AwsClients clients;

    RoleChecks(AwsClients clients) {
        this.clients = clients;
    }

    /** A check for each role that the task definition names, and for one that it should name. */
    List<Check> run(TaskDefinition definition) {
        List<Check> checks = new ArrayList<>();
        if (definition.executionRoleArn() != null) {
            checks.add(check(EXECUTION, definition.executionRoleArn()));
        } else if (needsExecutionRole(definition)) {
            checks.add(Check.failed(
                    EXECUTION,
                    TaskDefinitions.id(definition),
                    "the task definition names none, and its secrets or logs take one",
                    "Set 'executionRoleArn' to a role that ECS may read and write them with."));
        }
        if (definition.taskRoleArn() != null) {
            checks.add(check("task role", definition.taskRoleArn()));
        }
        return checks;
    }

    /** On hosts of one's own, images and logs go by the host's role; secrets never do. */
    private static boolean needsExecutionRole(TaskDefinition definition) {
        boolean onFargate = definition.requiresCompatibilities().contains(Compatibility.FARGATE);
        boolean isPulled = definition.containerDefinitions().stream().anyMatch(RoleChecks::isFromEcr);
        boolean isLogged = !LogGroupChecks.groups(definition).isEmpty();
        return !SecretReference.in(definition).isEmpty() || (onFargate && (isPulled || isLogged));
    }

    private static boolean isFromEcr(ContainerDefinition container) {
        return Objects.requireNonNullElse(container.image(), "").contains(".dkr.ecr.");
    }

    private Check check(String name, String arn) {
        return Checking.of(name, TaskDefinitions.id(arn), () -> {
            String trust = URLDecoder.decode(role(arn).assumeRolePolicyDocument(), StandardCharsets.UTF_8);
            if (!trust.contains(TASKS)) {
                throw new ConfigurationException(
                        "role " + TaskDefinitions.id(arn) + " does not trust " + TASKS + ": no task gets it",
                        "Allow the service " + TASKS + " 'sts:AssumeRole' in the role's trust policy.");
            }
            return "is there, and trusts " + TASKS;
        });
    }

    /**
     * The role.
     *
     * @param arn its ARN, or one that ends with its name
     */
    Role role(String arn) {
        return AwsErrors.reading("iam:GetRole", () -> {
            try {
                return clients.iam()
                        .getRole(request -> request.roleName(TaskDefinitions.id(arn)))
                        .role();
            } catch (NoSuchEntityException e) {
                throw new ConfigurationException(
                        "there is no role " + TaskDefinitions.id(arn),
                        "Create it, or correct the task definition.",
                        null,
                        e);
            }
        });
    }
}
