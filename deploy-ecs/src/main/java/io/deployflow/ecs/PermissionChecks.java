package io.deployflow.ecs;

import io.deployflow.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** Whether whoever deploys, and the role that ECS starts tasks with, may do what they will have to. */
final class PermissionChecks {
    private static final String NAME = "permissions";

    private final PolicySimulation simulation;

    PermissionChecks(PolicySimulation simulation) {
        this.simulation = simulation;
    }

    /**
     * Whether the caller may make every call of a deploy.
     *
     * @param caller ARN of a user or role
     */
    List<Check> ofCaller(String caller, List<PolicyScope> scopes) {
        String unit = TaskDefinitions.id(caller);
        List<PolicySimulation.Denied> denied = new ArrayList<>();
        Check all = Checking.of(NAME, unit, () -> {
            denied.addAll(simulation.denied(caller, IamPolicy.statements(scopes)));
            return allowed(scopes, denied);
        });
        List<Check> needed = denied.stream()
                .filter(one -> isNeeded(one.action()))
                .map(one -> denied(
                        unit,
                        one,
                        "Allow it in the IAM policy of " + unit + ": 'verify --policy' prints one that does."))
                .toList();
        return needed.isEmpty() ? List.of(all) : needed;
    }

    private static boolean isNeeded(String action) {
        return AwsCall.ALL.stream().anyMatch(call -> call.action().equals(action) && call.isNeeded());
    }

    /** What can be done without is said, and does not fail. */
    private static String allowed(List<PolicyScope> scopes, List<PolicySimulation.Denied> denied) {
        Set<String> actions =
                denied.stream().map(PolicySimulation.Denied::action).collect(Collectors.toSet());
        long all = IamPolicy.statements(scopes).stream()
                .mapToLong(statement -> statement.actions().size())
                .sum();
        String without = AwsCall.ALL.stream()
                .filter(call -> actions.contains(call.action()))
                .map(call -> call.action() + " (" + call.without().orElse("") + ")")
                .collect(Collectors.joining(", "));
        return "may make %d of %d calls".formatted(all - actions.size(), all)
                + (without.isEmpty() ? "" : "; does without " + without);
    }

    /** Whether the execution role may pull the image, write the logs and read the secrets of a task definition. */
    List<Check> ofExecutionRole(TaskDefinition definition, PolicyScope scope) {
        if (definition.executionRoleArn() == null) {
            return List.of();
        }
        String unit = TaskDefinitions.id(definition.executionRoleArn());
        List<IamPolicy.Statement> needed = executionNeeds(definition, scope);
        List<PolicySimulation.Denied> denied = new ArrayList<>();
        Check all = Checking.of("execution role's " + NAME, unit, () -> {
            denied.addAll(simulation.denied(definition.executionRoleArn(), needed));
            return needed.isEmpty() ? "needs none" : "may pull, log and read secrets as the task definition says";
        });
        return denied.isEmpty()
                ? List.of(all)
                : denied.stream()
                        .map(one -> denied(
                                unit,
                                one,
                                "Allow it in the policy of the role: without it no task starts. A"
                                        + " policy of the resource's own is not looked at."))
                        .toList();
    }

    private static Check denied(String unit, PolicySimulation.Denied denied, String remedy) {
        String on = denied.resource().equals("*") ? "" : " on " + denied.resource();
        return Check.failed(NAME, unit, "may not " + denied.action() + on, remedy);
    }

    /** What ECS does with the role before the containers start. */
    static List<IamPolicy.Statement> executionNeeds(TaskDefinition definition, PolicyScope scope) {
        Optional<String> repository = scope.repository();
        Stream<IamPolicy.Statement> pull = repository.stream()
                .flatMap(arn -> Stream.of(
                        statement(List.of("ecr:GetAuthorizationToken"), "*"),
                        statement(List.of("ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"), arn)));
        Stream<IamPolicy.Statement> log = LogGroupChecks.groups(definition).stream()
                .map(group -> statement(
                        group.isMade()
                                ? List.of("logs:CreateLogStream", "logs:PutLogEvents", "logs:CreateLogGroup")
                                : List.of("logs:CreateLogStream", "logs:PutLogEvents"),
                        scope.arn(group)));
        Stream<IamPolicy.Statement> read = SecretReference.in(definition).stream()
                .map(secret -> statement(
                        List.of(secret.isSecret() ? "secretsmanager:GetSecretValue" : "ssm:GetParameters"),
                        secret.arn(scope.prefix())));
        return Stream.of(pull, log, read).flatMap(part -> part).distinct().toList();
    }

    private static IamPolicy.Statement statement(List<String> actions, String resource) {
        return new IamPolicy.Statement(actions, List.of(resource), Map.of());
    }
}
