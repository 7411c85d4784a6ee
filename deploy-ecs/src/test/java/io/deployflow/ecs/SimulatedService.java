package io.deployflow.ecs;

import io.deployflow.sandbox.SimulatedSandbox;
import io.deployflow.sandbox.simulated.Script;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.HealthCheck;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;

/** A service of a sandbox in virtual time, with settings of its own; a rollout of it costs no time. */
final class SimulatedService {
    static final String NAME = "puma";
    private static final Duration MOST = Duration.ofHours(2);
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final String CLUSTER = "app-dev";

    private final SimulatedSandbox sandbox;
    private final AwsClients clients;
    private final Shape shape;
    private final Duration beat;
    private int images;

    /**
     * What there is to set.
     *
     * @param name what is special about it
     * @param desired how many tasks
     * @param minimum minimumHealthyPercent
     * @param maximum maximumPercent
     * @param drain the deregistration delay of its target group, in seconds; empty for no load balancer
     * @param check the interval of its container's own health check, in seconds; empty for none
     * @param script what its containers do
     */
    record Shape(
            String name,
            int desired,
            int minimum,
            int maximum,
            Optional<Integer> drain,
            Optional<Integer> check,
            Script script) {
        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * Creates it, and waits until it is steady.
     *
     * @param beat how finely the sandbox divides time
     */
    SimulatedService(SimulatedSandbox sandbox, AwsClients clients, Shape shape, Duration beat) {
        this.beat = beat;
        this.sandbox = sandbox;
        this.clients = clients;
        this.shape = shape;
        String definition = register(shape.script());
        clients.ecs().createService(request -> {
            request.cluster(CLUSTER)
                    .serviceName(NAME)
                    .taskDefinition(definition)
                    .desiredCount(shape.desired())
                    .healthCheckGracePeriodSeconds(300)
                    .deploymentConfiguration(configuration ->
                            configuration.minimumHealthyPercent(shape.minimum()).maximumPercent(shape.maximum()));
            shape.drain()
                    .ifPresent(delay -> request.loadBalancers(LoadBalancer.builder()
                            .targetGroupArn(targetGroup(delay))
                            .containerName("app")
                            .containerPort(3000)
                            .build()));
        });
        await(0);
    }

    private String targetGroup(int delay) {
        var balancers = clients.balancers();
        String balancer = balancers
                .createLoadBalancer(request -> request.name(NAME).subnets("subnet-1", "subnet-2"))
                .loadBalancers()
                .get(0)
                .loadBalancerArn();
        String group = balancers
                .createTargetGroup(request -> request.name(NAME)
                        .protocol("HTTP")
                        .port(3000)
                        .vpcId("vpc-1")
                        .healthCheckPath("/health"))
                .targetGroups()
                .get(0)
                .targetGroupArn();
        balancers.modifyTargetGroupAttributes(request -> request.targetGroupArn(group)
                .attributes(TargetGroupAttribute.builder()
                        .key("deregistration_delay.timeout_seconds")
                        .value(Integer.toString(delay))
                        .build()));
        balancers.createListener(request -> request.loadBalancerArn(balancer)
                .protocol("HTTP")
                .port(80)
                .defaultActions(Action.builder()
                        .type(ActionTypeEnum.FORWARD)
                        .targetGroupArn(group)
                        .build()));
        return group;
    }

    private String register(Script script) {
        String image = sandbox.push("organization/app", "v" + ++images, script);
        ContainerDefinition.Builder container = ContainerDefinition.builder()
                .name("app")
                .image(image)
                .memory(64)
                .portMappings(PortMapping.builder().containerPort(3000).build());
        shape.check()
                .ifPresent(interval -> container.healthCheck(HealthCheck.builder()
                        .command("CMD", "true")
                        .interval(interval)
                        .build()));
        return clients.ecs()
                .registerTaskDefinition(request -> request.family(NAME).containerDefinitions(container.build()))
                .taskDefinition()
                .taskDefinitionArn();
    }

    /** Rolls out another image; how long the sandbox takes, by its own clock. */
    Duration rollOut() {
        int before = records().size();
        begin(shape.script());
        ServiceDeployment record = await(before);
        return Duration.between(record.createdAt(), record.finishedAt());
    }

    /** Begins to roll out an image that does something else. */
    Service begin(Script script) {
        String definition = register(script);
        return clients.ecs()
                .updateService(request -> request.cluster(CLUSTER).service(NAME).taskDefinition(definition))
                .service();
    }

    private ServiceDeployment await(int before) {
        for (Duration spent = Duration.ZERO; spent.compareTo(MOST) < 0; spent = spent.plus(LOOK)) {
            for (Duration passed = Duration.ZERO; passed.compareTo(LOOK) < 0; passed = passed.plus(beat)) {
                sandbox.advance(beat);
            }
            List<ServiceDeployment> records = records();
            if (records.size() > before && records.get(0).status() == ServiceDeploymentStatus.SUCCESSFUL) {
                return records.get(0);
            }
        }
        throw new IllegalStateException(
                "no rollout of " + shape + " within " + MOST + ": " + service().events());
    }

    /** Newest first. */
    private List<ServiceDeployment> records() {
        List<String> arns = clients
                .ecs()
                .listServiceDeployments(request -> request.cluster(CLUSTER).service(NAME))
                .serviceDeployments()
                .stream()
                .map(brief -> brief.serviceDeploymentArn())
                .toList();
        return arns.isEmpty()
                ? List.of()
                : clients
                        .ecs()
                        .describeServiceDeployments(request -> request.serviceDeploymentArns(arns))
                        .serviceDeployments()
                        .stream()
                        .sorted((one, other) -> other.createdAt().compareTo(one.createdAt()))
                        .toList();
    }

    Service service() {
        return clients.ecs()
                .describeServices(request -> request.cluster(CLUSTER).services(NAME))
                .services()
                .get(0);
    }

    TaskDefinition definition() {
        return clients.ecs()
                .describeTaskDefinition(
                        request -> request.taskDefinition(service().taskDefinition()))
                .taskDefinition();
    }

    /** Some that run and some that have stopped. */
    List<Task> tasks() {
        List<String> arns = Stream.of(DesiredStatus.RUNNING, DesiredStatus.STOPPED)
                .flatMap(status -> clients
                        .ecs()
                        .listTasksPaginator(request ->
                                request.cluster(CLUSTER).serviceName(NAME).desiredStatus(status))
                        .taskArns()
                        .stream()
                        .limit(50))
                .toList();
        return clients.ecs()
                .describeTasks(request -> request.cluster(CLUSTER).tasks(arns))
                .tasks();
    }
}
