package io.deployflow.sandbox.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.ecs.Arns;
import io.deployflow.sandbox.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a call needs to be allowed, by the service authorization reference: the operation's own action on each resource
 * that it names, {@code iam:PassRole} on the roles that it hands over, and {@code ecs:TagResource} for tags that it
 * gives to what it makes.
 */
public final class Accesses {

    private static final Map<String, String> PREFIXES = Map.of("elbv2", "elasticloadbalancing");

    private final Arns arns;
    private final Function<String, String> taskDefinitionArn;
    private final Function<String, String> secretArn;

    /**
     * For one account and region.
     *
     * @param arns makes ARNs
     * @param taskDefinitionArn finds the ARN of a task definition named by family, revision or ARN
     * @param secretArn finds the ARN of a secret named by name or ARN
     */
    public Accesses(Arns arns, Function<String, String> taskDefinitionArn, Function<String, String> secretArn) {
        this.arns = arns;
        this.taskDefinitionArn = taskDefinitionArn;
        this.secretArn = secretArn;
    }

    /**
     * What a call needs.
     *
     * @param service the operation's service
     * @param operation the operation's name
     * @param request its parameters
     * @return at least one; all must be allowed
     */
    public List<Access> of(String service, String operation, ObjectNode request) {
        List<Access> needed = new ArrayList<>();
        String action = PREFIXES.getOrDefault(service, service) + ":" + operation;
        Map<String, String> context = context(service, request);
        resources(service, operation, request).forEach(each -> needed.add(new Access(action, each, context)));
        if (service.equals("ecs")) {
            passedRoles(operation, request).forEach(needed::add);
            tagged(operation, request)
                    .forEach(each -> needed.add(new Access("ecs:TagResource", each, creating(operation))));
        }
        return needed;
    }

    private static Map<String, String> creating(String operation) {
        return Map.of("ecs:CreateAction", operation);
    }

    private Map<String, String> context(String service, ObjectNode request) {
        return service.equals("ecs") && request.has("cluster")
                ? Map.of("ecs:cluster", cluster(request), "aws:RequestedRegion", arns.region())
                : Map.of("aws:RequestedRegion", arns.region());
    }

    private String cluster(ObjectNode request) {
        return arns.ecs("cluster", clusterName(request));
    }

    private static String clusterName(ObjectNode request) {
        return Arns.name(request.path("cluster").asText("default"));
    }

    private List<String> resources(String service, String operation, ObjectNode request) {
        List<String> named = switch (service) {
            case "ecs" -> ecs(operation, request);
            case "ecr" -> ecr(operation, request);
            case "logs" -> List.of(log(request));
            case "elbv2" -> elb(operation, request);
            case "sts" -> all(request, "RoleArn", each -> each);
            case "iam" -> iam(request);
            case "secretsmanager" -> secrets(request);
            case "ssm" -> parameters(operation, request);
            default -> List.of();
        };
        return named.isEmpty() ? List.of("*") : named;
    }

    private List<String> ecs(String operation, ObjectNode request) {
        return switch (operation) {
            case "CreateCluster" ->
                List.of(arns.ecs("cluster", request.path("clusterName").asText("default")));
            case "DeleteCluster" -> List.of(cluster(request));
            case "DescribeClusters" -> all(request, "clusters", each -> arns.ecs("cluster", Arns.name(each)));
            case "CreateService" -> all(request, "serviceName", each -> service(request, each));
            case "UpdateService", "DeleteService", "ListServiceDeployments" ->
                all(request, "service", each -> service(request, each));
            case "DescribeServices" -> all(request, "services", each -> service(request, each));
            case "DescribeServiceDeployments" -> all(request, "serviceDeploymentArns", each -> each);
            case "StopServiceDeployment" -> all(request, "serviceDeploymentArn", each -> each);
            case "DescribeServiceRevisions" -> all(request, "serviceRevisionArns", each -> each);
            case "DescribeTasks" -> all(request, "tasks", each -> task(request, each));
            case "StopTask" -> all(request, "task", each -> task(request, each));
            case "RunTask" -> all(request, "taskDefinition", taskDefinitionArn);
            case "TagResource", "UntagResource", "ListTagsForResource" -> all(request, "resourceArn", each -> each);
            default -> List.of();
        };
    }

    private String service(ObjectNode request, String nameOrArn) {
        return nameOrArn.startsWith("arn:") ? nameOrArn : arns.ecs("service", clusterName(request), nameOrArn);
    }

    private String task(ObjectNode request, String idOrArn) {
        return idOrArn.startsWith("arn:") ? idOrArn : arns.ecs("task", clusterName(request), idOrArn);
    }

    private List<String> ecr(String operation, ObjectNode request) {
        String field = request.has("repositoryNames") ? "repositoryNames" : "repositoryName";
        List<String> named = all(request, field, each -> arns.of("ecr", "repository/" + each));
        return named.isEmpty() && operation.equals("DescribeRepositories")
                ? List.of(arns.of("ecr", "repository/*"))
                : named;
    }

    private String log(ObjectNode request) {
        return arns.of(
                "logs",
                "log-group:%s:log-stream:%s"
                        .formatted(
                                request.path("logGroupName").asText(""),
                                request.path("logStreamName").asText("")));
    }

    private static List<String> elb(String operation, ObjectNode request) {
        return operation.startsWith("Describe")
                ? List.of()
                : Stream.of("TargetGroupArn", "RuleArn", "ListenerArn", "LoadBalancerArn")
                        .flatMap(field -> Json.text(request, field).stream())
                        .limit(1)
                        .toList();
    }

    private List<String> iam(ObjectNode request) {
        return request.has("RoleName")
                ? all(request, "RoleName", this::roleArn)
                : all(request, "PolicySourceArn", each -> each);
    }

    private List<String> secrets(ObjectNode request) {
        String field = request.has("Name") ? "Name" : "SecretId";
        return all(request, field, secretArn);
    }

    private List<String> parameters(String operation, ObjectNode request) {
        if (operation.equals("DescribeParameters")) {
            return List.of(arns.of("ssm", "*"));
        }
        String field = request.has("Names") ? "Names" : "Name";
        return all(
                request,
                field,
                each -> each.startsWith("arn:") ? each : arns.of("ssm", "parameter/" + each.replaceFirst("^/", "")));
    }

    /** Roles that a request hands to ECS. */
    private List<Access> passedRoles(String operation, ObjectNode request) {
        List<Access> passed = new ArrayList<>();
        JsonNode tasks = operation.equals("RunTask") ? request.path("overrides") : request;
        for (String field : List.of("taskRoleArn", "executionRoleArn")) {
            Json.text(tasks, field).ifPresent(role -> passed.add(pass(role, "ecs-tasks.amazonaws.com")));
        }
        request.path("loadBalancers")
                .forEach(each -> Json.text(each.path("advancedConfiguration"), "roleArn")
                        .ifPresent(role -> passed.add(pass(role, "ecs.amazonaws.com"))));
        request.path("deploymentConfiguration")
                .path("lifecycleHooks")
                .forEach(each ->
                        Json.text(each, "roleArn").ifPresent(role -> passed.add(pass(role, "ecs.amazonaws.com"))));
        return passed;
    }

    private Access pass(String role, String to) {
        return new Access("iam:PassRole", roleArn(role), Map.of("iam:PassedToService", to));
    }

    private String roleArn(String nameOrArn) {
        return nameOrArn.startsWith("arn:")
                ? nameOrArn
                : "arn:aws:iam::%s:role/%s".formatted(arns.account(), nameOrArn);
    }

    private List<String> tagged(String operation, ObjectNode request) {
        if (request.path("tags").isEmpty()) {
            return List.of();
        }
        return switch (operation) {
            case "RegisterTaskDefinition" ->
                List.of(arns.ecs("task-definition", request.path("family").asText() + ":*"));
            case "RunTask" -> List.of(arns.ecs("task", clusterName(request), "*"));
            case "CreateCluster", "CreateService" -> ecs(operation, request);
            default -> List.of();
        };
    }

    /** A text or an array of texts, each made into an ARN. */
    private static List<String> all(ObjectNode request, String field, Function<String, String> arn) {
        return Statement.oneOrMore(request.path(field)).stream().map(arn).toList();
    }
}
