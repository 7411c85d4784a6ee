package io.deployflow.sandbox.team;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.sandbox.docker.Await;
import io.deployflow.sandbox.docker.SandboxException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sets up a cluster, a repository, and a service behind a load balancer that runs a placeholder: what is there before
 * the first deploy.
 */
public final class Team {
    /** The cluster's name. */
    public static final String CLUSTER = "app-dev";
    /** The service's name, and its task definition's family. */
    public static final String SERVICE = "puma";
    /** The name of the container whose image a deploy changes. */
    public static final String CONTAINER = "app";
    /** The ECR repository's name. */
    public static final String REPOSITORY = "organization/app";

    private static final int APP_PORT = 3000;
    private static final int DESIRED = 2;
    private static final int BOOT_SECONDS = 60;

    private final AwsApi aws;
    private final String region;

    /**
     * Over a control plane.
     *
     * @param endpoint its URL
     * @param region the region that it stands for
     */
    public Team(URI endpoint, String region) {
        this.aws = new AwsApi(endpoint, region);
        this.region = region;
    }

    /** Makes the cluster and the repository. */
    public void createCluster() {
        aws.ecs("CreateCluster", Map.of("clusterName", CLUSTER));
        aws.ecr("CreateRepository", Map.of("repositoryName", REPOSITORY));
    }

    /**
     * Makes the load balancer, the task definition and the service {@link #SERVICE}.
     *
     * @param image what the service runs at first
     * @param listenerPort the port to ask for
     * @param tuned take AWS's advice for fast services (check every 5 s, deregister within 5 s) instead of the defaults
     *     (30 s, 300 s)
     * @return the port that the load balancer listens on
     */
    public int createService(String image, int listenerPort, boolean tuned) {
        return createService(image, listenerPort, tuned, Map.of());
    }

    /**
     * Makes the load balancer, the task definition and the service {@link #SERVICE}, with a deployment configuration.
     *
     * @param image what the service runs at first
     * @param listenerPort the port to ask for
     * @param tuned as {@link #createService(String, int, boolean)} takes it
     * @param deployment fields of {@code deploymentConfiguration} by their names
     * @return the port that the load balancer listens on
     */
    public int createService(String image, int listenerPort, boolean tuned, Map<String, ?> deployment) {
        return createService(SERVICE, DESIRED, image, listenerPort, tuned, deployment);
    }

    /**
     * Makes a load balancer, a log group, a task definition and a service, all of one name.
     *
     * @param name their name
     * @param desired how many tasks
     * @param image what the service runs at first
     * @param listenerPort the port to ask for
     * @param tuned as {@link #createService(String, int, boolean)} takes it
     * @param deployment fields of {@code deploymentConfiguration} by their names; with a {@code strategy} that shifts
     *     traffic the service gets a second target group and a listener for test traffic
     * @return the port that the load balancer listens on
     */
    public int createService(
            String name, int desired, String image, int listenerPort, boolean tuned, Map<String, ?> deployment) {
        String balancer = aws.elb(
                "CreateLoadBalancer",
                Map.of("Name", name, "Subnets.member.1", "subnet-1", "Subnets.member.2", "subnet-2"),
                "LoadBalancerArn");
        String group = createTargetGroup(name, tuned);
        String listener = aws.elb("CreateListener", listener(balancer, group, listenerPort), "ListenerArn");
        Map<String, Object> loadBalancer =
                new HashMap<>(Map.of("targetGroupArn", group, "containerName", CONTAINER, "containerPort", APP_PORT));
        if (shiftsTraffic(deployment)) {
            String alternate = createTargetGroup(name + "-alternate", tuned);
            String test = aws.elb("CreateListener", listener(balancer, alternate, 0), "ListenerArn");
            loadBalancer.put(
                    "advancedConfiguration",
                    Map.of(
                            "alternateTargetGroupArn",
                            alternate,
                            "productionListenerRule",
                            defaultRule(listener),
                            "testListenerRule",
                            defaultRule(test),
                            "roleArn",
                            "arn:aws:iam::123456789012:role/ecsInfrastructureRole"));
        }
        aws.logs("CreateLogGroup", Map.of("logGroupName", "/ecs/" + name));
        aws.ecs("RegisterTaskDefinition", taskDefinition(name, image));
        aws.ecs("CreateService", service(name, desired, loadBalancer, deployment));
        return Integer.parseInt(aws.elb("DescribeListeners", Map.of("ListenerArns.member.1", listener), "Port"));
    }

    private static boolean shiftsTraffic(Map<String, ?> deployment) {
        return deployment.containsKey("strategy") && !"ROLLING".equals(deployment.get("strategy"));
    }

    private String createTargetGroup(String name, boolean tuned) {
        String group = aws.elb("CreateTargetGroup", targetGroup(name, tuned), "TargetGroupArn");
        if (tuned) {
            aws.elb("ModifyTargetGroupAttributes", shortDeregistration(group), "Key");
        }
        return group;
    }

    private String defaultRule(String listener) {
        return aws.elb("DescribeRules", Map.of("ListenerArn", listener), "RuleArn");
    }

    /**
     * Waits until the service's first deployment is complete.
     *
     * @param within how long it may take
     * @throws SandboxException when it takes longer; with the service's newest event
     */
    public void awaitSteady(Duration within) {
        if (!Await.until(within, () -> completed(SERVICE))) {
            throw new SandboxException("The service " + SERVICE + " is not steady after " + within.toSeconds() + " s: "
                    + describe(SERVICE).at("/events/0/message").asText());
        }
    }

    /**
     * Whether the newest deployment of a service is complete.
     *
     * @param service its name
     * @return false while it is under way, and when it failed
     */
    public boolean completed(String service) {
        return describe(service).at("/deployments/0/rolloutState").asText().equals("COMPLETED");
    }

    private JsonNode describe(String service) {
        return aws.ecs("DescribeServices", Map.of("cluster", CLUSTER, "services", List.of(service)))
                .at("/services/0");
    }

    private static Map<String, String> targetGroup(String name, boolean tuned) {
        Map<String, String> group = new HashMap<>(Map.of(
                "Name", name,
                "Protocol", "HTTP",
                "Port", Integer.toString(APP_PORT),
                "VpcId", "vpc-1",
                "TargetType", "instance",
                "HealthCheckPath", "/health"));
        if (tuned) {
            group.put("HealthCheckIntervalSeconds", "5");
            group.put("HealthCheckTimeoutSeconds", "4");
            group.put("HealthyThresholdCount", "2");
            group.put("UnhealthyThresholdCount", "2");
        }
        return group;
    }

    private static Map<String, String> shortDeregistration(String group) {
        return Map.of(
                "TargetGroupArn", group,
                "Attributes.member.1.Key", "deregistration_delay.timeout_seconds",
                "Attributes.member.1.Value", "5");
    }

    private static Map<String, String> listener(String balancer, String group, int port) {
        return Map.of(
                "LoadBalancerArn",
                balancer,
                "Protocol",
                "HTTP",
                "Port",
                Integer.toString(port),
                "DefaultActions.member.1.Type",
                "forward",
                "DefaultActions.member.1.TargetGroupArn",
                group);
    }

    private Map<String, ?> taskDefinition(String name, String image) {
        Map<String, String> logOptions =
                Map.of("awslogs-group", "/ecs/" + name, "awslogs-region", region, "awslogs-stream-prefix", "ecs");
        Map<String, ?> container = Map.of(
                "name",
                CONTAINER,
                "image",
                image,
                "essential",
                true,
                "cpu",
                256,
                "memory",
                256,
                "portMappings",
                List.of(Map.of("containerPort", APP_PORT, "hostPort", 0, "protocol", "tcp")),
                "environment",
                List.of(Map.of("name", "PORT", "value", Integer.toString(APP_PORT))),
                "logConfiguration",
                Map.of("logDriver", "awslogs", "options", logOptions));
        return Map.of("family", name, "networkMode", "bridge", "containerDefinitions", List.of(container));
    }

    private static Map<String, ?> service(
            String name, int desired, Map<String, ?> loadBalancer, Map<String, ?> deployment) {
        Map<String, Object> configuration = new HashMap<>(Map.of(
                "minimumHealthyPercent", 100,
                "maximumPercent", 200,
                "deploymentCircuitBreaker", Map.of("enable", true, "rollback", true)));
        configuration.putAll(deployment);
        return Map.of(
                "cluster",
                CLUSTER,
                "serviceName",
                name,
                "taskDefinition",
                name,
                "desiredCount",
                desired,
                "healthCheckGracePeriodSeconds",
                BOOT_SECONDS,
                "deploymentConfiguration",
                configuration,
                "loadBalancers",
                List.of(loadBalancer));
    }
}
