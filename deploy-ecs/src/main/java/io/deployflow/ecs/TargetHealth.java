package io.deployflow.ecs;

import io.deployflow.DeployException;
import io.deployflow.spi.DeployContext;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.Service;

/**
 * Asks the load balancer what it says of a service's targets. Not needed for the verdict: who may not ask does without.
 */
final class TargetHealth {
    private static final Logger LOG = LoggerFactory.getLogger(TargetHealth.class);

    private final AwsClients clients;
    private volatile boolean refused;

    TargetHealth(AwsClients clients) {
        this.clients = clients;
    }

    /** Whether there is a load balancer to ask, and it may be asked. */
    boolean isAsked(Service service) {
        return !refused && service.loadBalancers().stream().anyMatch(one -> one.targetGroupArn() != null);
    }

    /** All targets of the service's target groups; none where the load balancer cannot be asked now. */
    List<TargetState> read(Service service, DeployContext context) {
        try {
            return ask(service, context);
        } catch (DeployException e) {
            LOG.debug("what the load balancer says is not known now", e);
            return List.of();
        }
    }

    /**
     * The same for whom they decide; none where the load balancer may not be asked.
     *
     * @throws DeployException where it cannot be asked now
     */
    List<TargetState> ask(Service service, DeployContext context) {
        return service.loadBalancers().stream()
                .map(LoadBalancer::targetGroupArn)
                .filter(Objects::nonNull)
                .flatMap(group -> ask(group, context).stream())
                .toList();
    }

    private List<TargetState> ask(String group, DeployContext context) {
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
            if (AwsErrors.isPassing(e)) {
                throw e;
            }
            refused = true;
            context.output("elb", "what the load balancer says is not known: " + e.getMessage());
            return List.of();
        }
    }
}
