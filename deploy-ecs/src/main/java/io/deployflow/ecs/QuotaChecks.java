package io.deployflow.ecs;

import io.deployflow.Check;
import io.deployflow.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Limit;

/**
 * Whether a deploy stays within what AWS allows an account. Those of ECS that are looked at are the same in every
 * account. How many vCPUs Fargate may use is not looked at.
 */
final class QuotaChecks {
    private static final String NAME = "quota";
    private static final int TAGS = 50;
    private static final int TASKS = 5000;
    private static final String TARGETS = "targets-per-target-group";

    private final AwsClients clients;

    QuotaChecks(AwsClients clients) {
        this.clients = clients;
    }

    /**
     * A check for each quota that a deploy can meet.
     *
     * @param tags those of the team on the next task definition
     * @param services how many are deployed together
     */
    List<Check> run(Service service, List<Tag> tags, int services) {
        int most = Batch.of(service).most();
        List<Check> checks = new ArrayList<>();
        checks.add(within(
                "tags of a task definition",
                tags.size() + ReleaseTags.most(services),
                TAGS,
                "Remove tags from the task definition."));
        checks.add(within("tasks of a service", most, TASKS, "Lower maximumPercent of the service."));
        if (service.loadBalancers().stream().anyMatch(balancer -> balancer.targetGroupArn() != null)) {
            checks.add(
                    Checking.judged(NAME, TARGETS, () -> within(TARGETS, most, targets(), "Have it raised by AWS.")));
        }
        return checks;
    }

    private static Check within(String unit, long used, long allowed, String remedy) {
        String of = used + " of " + allowed + " while a deploy is under way";
        return used <= allowed ? Check.ok(NAME, unit, of) : Check.failed(NAME, unit, of, remedy);
    }

    private long targets() {
        return AwsErrors.reading(
                "elasticloadbalancing:DescribeAccountLimits",
                () -> clients.balancers().describeAccountLimits(request -> {}).limits().stream()
                        .filter(limit -> limit.name().equals(TARGETS))
                        .map(Limit::max)
                        .map(Long::valueOf)
                        .findFirst()
                        .orElseThrow(() -> new ConfigurationException(
                                "AWS names no limit " + TARGETS, "Look at the account's quotas in the console.")));
    }
}
