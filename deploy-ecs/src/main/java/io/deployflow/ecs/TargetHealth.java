package io.deployflow.ecs;

import io.deployflow.DeployException;
import io.deployflow.spi.DeployContext;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.Service;

/**
 * Asks the load balancer what it says of a service's targets. Not needed for the verdict: who may not ask does without.
 */
final class TargetHealth {
    private final AwsClients clients;
    private volatile boolean refused;

    TargetHealth(AwsClients clients) {
        this.clients = clients;
    }

    /** Whether there is a load balancer to ask, and it may be asked. */
    boolean isAsked(Service service) {
        return !refused && service.loadBalancers().stream().anyMatch(one -> one.targetGroupArn() != null);
    }

    /** All targets of the service's target groups. */
    List<TargetState> read(Service service, DeployContext context) {
        return service.loadBalancers().stream()
                .map(LoadBalancer::targetGroupArn)
                .filter(Objects::nonNull)
                .flatMap(group -> read(group, context).stream())
                .toList();
    }

    private List<TargetState> read(String group, DeployContext context) {
        if (refused) {
            return List.of();
        }
        try {
            return AwsErrors.reading(
                    "elasticloadbalancing:DescribeTargetHealth",
                    () -> clients
                            .balancers()
                            .describeTargetHealth(request -> request.targetGroupArn(group))
                            .targetHealthDescriptions()
                            .stream()
                            .map(TargetState::of)
                            .toList());
        } catch (DeployException e) {
            refused = true;
            context.output("elb", "what the load balancer says is not known: " + e.getMessage());
            return List.of();
        }
    }
}
