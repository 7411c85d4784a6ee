package io.deployflow.ecs;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.Service;

/** Reads the target groups of a service. */
final class TargetGroups {
    private static final String DELAY = "deregistration_delay.timeout_seconds";

    private final AwsClients clients;

    TargetGroups(AwsClients clients) {
        this.clients = clients;
    }

    /** All of them; none where no load balancer stands before the service. */
    List<TargetGroupSettings> read(Service service, Assumptions assumptions) {
        return service.loadBalancers().stream()
                .map(LoadBalancer::targetGroupArn)
                .filter(Objects::nonNull)
                .map(arn -> new TargetGroupSettings(
                        TargetGroupSettings.name(arn), interval(arn, assumptions), delay(arn, assumptions)))
                .toList();
    }

    private Duration interval(String arn, Assumptions assumptions) {
        return assumptions.ask(
                "elasticloadbalancing:DescribeTargetGroups",
                () ->
                        clients
                                .balancers()
                                .describeTargetGroups(request -> request.targetGroupArns(arn))
                                .targetGroups()
                                .stream()
                                .map(group -> Duration.ofSeconds(ServiceView.count(group.healthCheckIntervalSeconds())))
                                .findFirst()
                                .orElse(TargetGroupSettings.DEFAULT_INTERVAL),
                TargetGroupSettings.DEFAULT_INTERVAL,
                "target group " + TargetGroupSettings.name(arn) + " checks every 30 s, as by default");
    }

    private Duration delay(String arn, Assumptions assumptions) {
        return assumptions.ask(
                "elasticloadbalancing:DescribeTargetGroupAttributes",
                () ->
                        clients
                                .balancers()
                                .describeTargetGroupAttributes(request -> request.targetGroupArn(arn))
                                .attributes()
                                .stream()
                                .filter(attribute -> DELAY.equals(attribute.key()))
                                .map(attribute -> Duration.ofSeconds(Long.parseLong(attribute.value())))
                                .findFirst()
                                .orElse(TargetGroupSettings.DEFAULT_DELAY),
                TargetGroupSettings.DEFAULT_DELAY,
                "the deregistration_delay of target group " + TargetGroupSettings.name(arn)
                        + " is 300 s, as by default");
    }
}
