package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.sandbox.elb.Balancing;
import io.deployflow.sandbox.wire.AwsException;

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
        }
    }

    private void checkGroup(String arn) {
        if (!balancing.groups().containsKey(arn)) {
            throw AwsException.invalid(
                    "Unable to assume role and validate the specified targetGroupArn. The target group %s does not exist."
                            .formatted(arn));
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
