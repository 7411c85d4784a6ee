package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.sandbox.elb.Balancing;
import io.deployflow.sandbox.scheduler.TrafficRoute;
import io.deployflow.sandbox.wire.AwsException;
import java.util.List;

/** Checks the load balancers of a service as CreateService does. */
final class LoadBalancerRules {

    private final Balancing balancing;

    LoadBalancerRules(Balancing balancing) {
        this.balancing = balancing;
    }

    void check(JsonNode loadBalancers, JsonNode definition) {
        for (JsonNode loadBalancer : loadBalancers) {
            checkGroup(loadBalancer.path("targetGroupArn").asText());
            checkContainer(loadBalancer, definition);
            StrategySettings.route(loadBalancer).ifPresent(this::checkRoute);
        }
    }

    private void checkRoute(TrafficRoute route) {
        checkRule(route.productionRule(), "productionListenerRule");
        route.testRule().ifPresent(rule -> checkRule(rule, "testListenerRule"));
        if (route.testRule().filter(route.productionRule()::equals).isPresent()) {
            throw AwsException.invalid("The following rules cannot be used as both production and test listener rules: "
                    + route.productionRule());
        }
        if (!balancing.groups().containsKey(route.alternate())) {
            throw missing(route.alternate());
        }
        boolean both = balancing
                .forward(route.productionRule())
                .filter(forward -> forward.groups().containsAll(List.of(route.group(), route.alternate())))
                .isPresent();
        if (route.testRule().isEmpty() && !both) {
            throw AwsException.invalid("For Application LoadBalancer, testListenerRule is required when"
                    + " productionListenerRule is not associated with both targetGroup and alternateTargetGroup");
        }
    }

    private void checkRule(String arn, String field) {
        if (!arn.contains(":listener-rule/")) {
            throw AwsException.invalid(
                    "%s has an invalid ARN format. Must be RuleArn for ALB or ListenerArn for NLB. Got: %s"
                            .formatted(field, arn));
        }
        if (balancing.forward(arn).isEmpty()) {
            throw AwsException.invalid("The %s %s does not exist.".formatted(field, arn));
        }
    }

    private static AwsException missing(String groupArn) {
        return AwsException.invalid(
                "Unable to assume role and validate the specified targetGroupArn. The target group %s does not exist."
                        .formatted(groupArn));
    }

    private void checkGroup(String arn) {
        if (!balancing.groups().containsKey(arn)) {
            throw missing(arn);
        }
        if (!balancing.inUse(arn)) {
            throw AwsException.invalid(
                    "The target group with targetGroupArn %s does not have an associated load balancer."
                            .formatted(arn));
        }
    }

    private static void checkContainer(JsonNode loadBalancer, JsonNode definition) {
        String name = loadBalancer.path("containerName").asText();
        int port = loadBalancer.path("containerPort").asInt();
        for (JsonNode container : definition.path("containerDefinitions")) {
            if (container.path("name").asText().equals(name)) {
                requirePort(container, port);
                return;
            }
        }
        throw AwsException.invalid("The container %s does not exist in the task definition.".formatted(name));
    }

    private static void requirePort(JsonNode container, int port) {
        for (JsonNode mapping : container.path("portMappings")) {
            if (mapping.path("containerPort").asInt() == port) {
                return;
            }
        }
        throw AwsException.invalid("The container %s did not have a container port %d defined."
                .formatted(container.path("name").asText(), port));
    }
}
