package io.deployflow.ecs;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a call is about, as far as IAM can tell: the resources and the condition of its statement. By the service
 * authorization reference; ECS knows no resource for what is done with task definitions but tagging them.
 */
enum CallScope {
    /** Anything: IAM knows no resource for it. */
    ANY(scope -> List.of("*")),
    CLUSTER(scope -> List.of(scope.clusterArn())),
    /** Anything of the cluster, which is a condition here and no resource. */
    IN_CLUSTER(scope -> List.of("*")),
    SERVICE(scope -> List.of(scope.ofService("service", ""))),
    SERVICE_DEPLOYMENTS(scope -> List.of(scope.ofService("service-deployment", "/*"))),
    SERVICE_REVISIONS(scope -> List.of(scope.ofService("service-revision", "/*"))),
    TASKS(scope -> List.of(scope.tasks())),
    TASK_DEFINITIONS(scope -> List.of(scope.taskDefinitions())),
    PASSED_ROLES(PolicyScope::roles),
    KNOWN_ROLES(PolicyScope::knownRoles),
    SIMULATED(PolicyScope::simulated),
    REPOSITORY(scope -> scope.repository().stream().toList()),
    /** The account's registry as a whole. */
    REGISTRY(scope -> scope.repository().map(there -> "*").stream().toList()),
    BALANCER(scope -> scope.isBalanced() ? List.of("*") : List.of()),
    LOG_GROUPS(PolicyScope::logGroupArns),
    /** Where there are log groups to look for; looking has no narrower resource that works for a prefix. */
    LOGS(scope -> scope.logGroups().isEmpty() ? List.of() : List.of("*")),
    SECRETS(PolicyScope::secrets),
    PARAMETERS(scope -> scope.hasParameters() ? List.of("*") : List.of());

    private final Function<PolicyScope, List<String>> resources;

    CallScope(Function<PolicyScope, List<String>> resources) {
        this.resources = resources;
    }

    /** The resources of a target; none where the target has no use for the call. */
    List<String> resources(PolicyScope scope) {
        return resources.apply(scope);
    }

    /** Condition keys and the value that each must have. */
    Map<String, String> condition(PolicyScope scope) {
        return switch (this) {
            case IN_CLUSTER -> Map.of("ecs:cluster", scope.clusterArn());
            case PASSED_ROLES -> Map.of("iam:PassedToService", "ecs-tasks.amazonaws.com");
            default -> Map.of();
        };
    }
}
