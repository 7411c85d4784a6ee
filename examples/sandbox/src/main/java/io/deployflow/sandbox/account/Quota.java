package io.deployflow.sandbox.account;

import java.util.List;

/**
 * A limit that an account has in a region.
 *
 * @param service the service's code, {@code ecs}
 * @param serviceName the service's name
 * @param code the quota's code
 * @param name what is counted
 * @param value how much there may be
 * @param adjustable whether it can be raised on request
 */
public record Quota(String service, String serviceName, String code, String name, double value, boolean adjustable) {

    private static final String ECS = "Amazon Elastic Container Service (Amazon ECS)";

    /** What a new account has. Codes and values as Service Quotas lists them. */
    static final List<Quota> DEFAULTS = List.of(
            new Quota("ecs", ECS, "L-21C621EB", "Clusters per account", 10_000, true),
            new Quota("ecs", ECS, "L-9EF96962", "Services per cluster", 5_000, true),
            new Quota("ecs", ECS, "L-46458851", "Tasks per service", 5_000, true),
            new Quota("fargate", "AWS Fargate", "L-3032A538", "Fargate On-Demand vCPU resource count", 6, true),
            new Quota("fargate", "AWS Fargate", "L-36FBB829", "Fargate Spot vCPU resource count", 6, true));

    Quota withValue(double changed) {
        return new Quota(service, serviceName, code, name, changed, adjustable);
    }
}
