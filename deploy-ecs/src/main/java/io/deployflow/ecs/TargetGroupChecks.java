package io.deployflow.ecs;

import io.deployflow.Check;
import io.deployflow.ConfigurationException;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** Whether the service's target groups can take its tasks, and a load balancer sends them anything. */
final class TargetGroupChecks {
    private final AwsClients clients;

    TargetGroupChecks(AwsClients clients) {
        this.clients = clients;
    }

    /** A check for each target group. */
    List<Check> run(Service service, TaskDefinition definition) {
        return service.loadBalancers().stream()
                .filter(balancer -> balancer.targetGroupArn() != null)
                .map(balancer ->
                        Checking.of("target group", name(balancer.targetGroupArn()), () -> look(balancer, definition)))
                .toList();
    }

    /** {@code arn:...:targetgroup/name/id}. */
    private static String name(String arn) {
        String[] parts = arn.split("/", -1);
        return parts.length > 1 ? parts[1] : arn;
    }

    private String look(LoadBalancer balancer, TaskDefinition definition) {
        checkPort(balancer, definition);
        TargetGroup group = AwsErrors.reading("elasticloadbalancing:DescribeTargetGroups", () -> {
            try {
                return clients.balancers()
                        .describeTargetGroups(request -> request.targetGroupArns(balancer.targetGroupArn()))
                        .targetGroups()
                        .get(0);
            } catch (TargetGroupNotFoundException e) {
                throw new ConfigurationException(
                        "there is no target group " + balancer.targetGroupArn(),
                        "Create it anew, and the service with it.",
                        null,
                        e);
            }
        });
        check(group, definition);
        return "sends to port " + balancer.containerPort() + " of " + balancer.containerName();
    }

    private static void checkPort(LoadBalancer balancer, TaskDefinition definition) {
        boolean isOpen = definition.containerDefinitions().stream()
                .filter(container -> Objects.equals(container.name(), balancer.containerName()))
                .map(ContainerDefinition::portMappings)
                .flatMap(List::stream)
                .map(PortMapping::containerPort)
                .anyMatch(port -> Objects.equals(port, balancer.containerPort()));
        if (!isOpen) {
            throw new ConfigurationException(
                    "task definition " + TaskDefinitions.id(definition) + " opens no port " + balancer.containerPort()
                            + " of a container '" + balancer.containerName() + "', which the service sends to",
                    "Add it to the container's 'portMappings', or create the service with another.");
        }
    }

    private static void check(TargetGroup group, TaskDefinition definition) {
        if (group.loadBalancerArns().isEmpty()) {
            throw new ConfigurationException(
                    "target group " + group.targetGroupName() + " belongs to no load balancer: its targets never get"
                            + " healthy",
                    "Add a listener, or a rule of one, that forwards to it.");
        }
        checkKind(group, definition);
    }

    private static void checkKind(TargetGroup group, TaskDefinition definition) {
        boolean isByAddress = definition.networkMode() == NetworkMode.AWSVPC;
        TargetTypeEnum wanted = isByAddress ? TargetTypeEnum.IP : TargetTypeEnum.INSTANCE;
        if (group.targetType() != null && group.targetType() != wanted) {
            throw new ConfigurationException(
                    "target group " + group.targetGroupName() + " has the target type '" + group.targetTypeAsString()
                            + "', but tasks in the network mode "
                            + Objects.requireNonNullElse(definition.networkModeAsString(), "bridge")
                            + (isByAddress
                                    ? " have an address of their own"
                                    : " are reached at a port of their instance"),
                    "Create one with the target type '" + wanted + "'.");
        }
    }
}
