package io.deployflow.ecs;

import java.util.List;
import java.util.Map;

/**
 * What a call is about, as far as IAM can tell: the resources and the condition of its statement. By the service
 * authorization reference; ECS knows no resource for what is done with task definitions but tagging them.
 */
enum CallScope {
    /** Anything: IAM knows no resource for it. */
    ANY,
    CLUSTER,
    /** Anything of the cluster, which is a condition here and no resource. */
    IN_CLUSTER,
    SERVICE,
    SERVICE_DEPLOYMENTS,
    SERVICE_REVISIONS,
    TASKS,
    TASK_DEFINITIONS,
    /** What is tagged: releases; and one-off tasks, which get their release's tags when they are made. */
    TAGGED,
    PASSED_ROLES,
    KNOWN_ROLES,
    SIMULATED,
    REPOSITORY,
    /** The account's registry as a whole. */
    REGISTRY,
    BALANCER,
    LOG_GROUPS,
    /** Where there are log groups to look for; looking has no narrower resource that works for a prefix. */
    LOGS,
    SECRETS,
    PARAMETERS;

    private static final List<String> ALL = List.of("*");

    /** The resources of a target; none where the target has no use for the call. */
    List<String> resources(PolicyScope scope) {
        return switch (this) {
            case ANY, IN_CLUSTER -> ALL;
            case CLUSTER -> List.of(scope.clusterArn());
            case SERVICE -> List.of(scope.ofService("service", ""));
            case SERVICE_DEPLOYMENTS -> List.of(scope.ofService("service-deployment", "/*"));
            case SERVICE_REVISIONS -> List.of(scope.ofService("service-revision", "/*"));
            case TASKS -> List.of(scope.tasks());
            case TASK_DEFINITIONS -> List.of(scope.taskDefinitions());
            case TAGGED -> List.of(scope.taskDefinitions(), scope.tasks());
            case PASSED_ROLES -> scope.roles();
            case KNOWN_ROLES -> scope.knownRoles();
            case SIMULATED -> scope.simulated();
            case REPOSITORY -> scope.repository().stream().toList();
            case REGISTRY -> anyIf(scope.repository().isPresent());
            case BALANCER -> anyIf(scope.isBalanced());
            case LOG_GROUPS -> scope.logGroupArns();
            case LOGS -> anyIf(!scope.logGroups().isEmpty());
            case SECRETS -> scope.secrets();
            case PARAMETERS -> anyIf(scope.hasParameters());
        };
    }

    private static List<String> anyIf(boolean isUsed) {
        return isUsed ? ALL : List.of();
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
