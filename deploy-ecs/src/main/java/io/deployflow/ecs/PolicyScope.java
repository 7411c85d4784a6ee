package io.deployflow.ecs;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * What a target's calls are about: the names that its IAM policy is narrowed to.
 *
 * @param prefix partition, region and account as they stand in the service's ARN, where {@code %s} is the AWS service
 * @param cluster the cluster's name
 * @param service the service's name
 * @param family the family of its task definitions
 * @param repository ARN of the repository in ECR; empty where another registry is used
 * @param roles ARNs of the task role and the execution role
 * @param executionRole the one of them that ECS itself works with
 * @param caller ARN of the user or role that asks; empty where it is none, such as the account's root
 * @param logGroups the log groups that containers write to
 * @param secrets ARNs of the secrets that containers are given, or patterns for them
 * @param hasParameters whether containers are given parameters of the Systems Manager
 * @param isBalanced whether a load balancer stands before the service
 */
record PolicyScope(
        String prefix,
        String cluster,
        String service,
        String family,
        Optional<String> repository,
        List<String> roles,
        Optional<String> executionRole,
        Optional<String> caller,
        List<LogGroupChecks.Group> logGroups,
        List<String> secrets,
        boolean hasParameters,
        boolean isBalanced) {

    /** From what AWS says of the service. */
    static PolicyScope of(
            Service service, TaskDefinition definition, Optional<String> repository, Optional<String> caller) {
        List<SecretReference> secrets = SecretReference.in(definition);
        return new PolicyScope(
                prefix(service.serviceArn()),
                TaskDefinitions.id(service.clusterArn()),
                service.serviceName(),
                definition.family(),
                repository,
                Stream.of(definition.taskRoleArn(), definition.executionRoleArn())
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList(),
                Optional.ofNullable(definition.executionRoleArn()),
                caller,
                LogGroupChecks.groups(definition),
                secrets.stream()
                        .filter(SecretReference::isSecret)
                        .flatMap(SecretReference::patterns)
                        .distinct()
                        .toList(),
                secrets.stream().anyMatch(secret -> !secret.isSecret()),
                service.loadBalancers().stream()
                        .map(LoadBalancer::targetGroupArn)
                        .anyMatch(Objects::nonNull));
    }

    private static String prefix(String serviceArn) {
        String[] parts = serviceArn.split(":", 6);
        return "arn:" + parts[1] + ":%s:" + parts[3] + ":" + parts[4] + ":";
    }

    private String in(String region) {
        String[] parts = prefix.split(":", -1);
        parts[3] = region;
        return String.join(":", parts);
    }

    private String arn(String awsService, String rest) {
        return prefix.formatted(awsService) + rest;
    }

    String clusterArn() {
        return arn("ecs", "cluster/" + cluster);
    }

    /** An ECS resource of the service: {@code service}, {@code service-deployment} and so on. */
    String ofService(String type, String rest) {
        return arn("ecs", type + "/" + cluster + "/" + service + rest);
    }

    String tasks() {
        return arn("ecs", "task/" + cluster + "/*");
    }

    String taskDefinitions() {
        return arn("ecs", "task-definition/" + family + ":*");
    }

    /** Each log group, as a pattern for it and everything in it. */
    List<String> logGroupArns() {
        return logGroups.stream().map(this::arn).distinct().toList();
    }

    /** The same of one, which may be in another region than the service. */
    String arn(LogGroupChecks.Group group) {
        return group.region().map(this::in).orElse(prefix).formatted("logs") + "log-group:" + group.name() + ":*";
    }

    /** Every role that is looked at: those that tasks get, and that of the caller. */
    List<String> knownRoles() {
        List<String> known = new ArrayList<>(roles);
        caller.filter(arn -> arn.contains(":role/"))
                .filter(arn -> !known.contains(arn))
                .ifPresent(known::add);
        return known;
    }

    /** Everybody whose permissions are simulated. */
    List<String> simulated() {
        return Stream.concat(caller.stream(), executionRole.stream()).distinct().toList();
    }
}
