package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.deployflow.Check;
import io.deployflow.Check.Outcome;
import io.deployflow.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;

/** What {@code verify} finds wrong, what it says to do about it, and that what it cannot see is no finding. */
class VerifyFindingsTest {
    private static final String SECRET = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:shop/gone-x1Y2z3";

    @TempDir
    private static Path directory;

    private static SimulatedTarget target;

    @BeforeAll
    static void start() {
        target = new SimulatedTarget(directory);
    }

    @AfterAll
    static void stop() {
        target.close();
    }

    /** What is wrong: which check, of what, and what to do. */
    private static List<Check> findings(String... keys) {
        return target.verify(target.settingsWith(keys)).stream()
                .filter(check -> check.outcome() == Outcome.FAILED)
                .toList();
    }

    private static List<Check> findingsOf(String definition) throws IOException {
        Files.writeString(directory.resolve("task.json"), definition);
        return findings("task_definition: task.json");
    }

    @Test
    void verify_ofATaskDefinitionThatNamesNothingThatIsThere_findsEachWithItsRemedy() throws IOException {
        List<Check> findings = findingsOf("""
                { "networkMode": "awsvpc",
                  "executionRoleArn": "arn:aws:iam::123456789012:role/gone-execution",
                  "taskRoleArn": "arn:aws:iam::123456789012:role/gone-task",
                  "containerDefinitions": [{ "name": "app", "image": "x", "memory": 64,
                    "portMappings": [{ "containerPort": 3000 }],
                    "secrets": [{ "name": "DATABASE_URL", "valueFrom": "%s" }, { "name": "KEY", "valueFrom": "/gone/key" }],
                    "logConfiguration": { "logDriver": "awslogs", "options": { "awslogs-group": "/ecs/gone" } } }] }
                """.formatted(SECRET));

        String role = "Create it, or correct the task definition.";
        String secret = "Create it, or correct 'valueFrom' in the task definition.";
        assertThat(findings)
                .extracting(Check::name, Check::unit, Check::remedy)
                .contains(
                        tuple("execution role", "gone-execution", role),
                        tuple("task role", "gone-task", role),
                        tuple("secret", "DATABASE_URL", secret),
                        tuple("secret", "KEY", secret),
                        tuple(
                                "log group",
                                "/ecs/gone",
                                "Create it, or set 'awslogs-create-group' in the task definition."),
                        tuple("target group", "puma", "Create one with the target type 'ip'."));
        assertThat(findings)
                .extracting(Check::detail)
                .contains(
                        "there is no role gone-execution",
                        "there is no role gone-task",
                        "there is no secret " + SECRET + ": no container that is given DATABASE_URL would start",
                        "there is no parameter /gone/key: no container that is given KEY would start",
                        "there is no log group /ecs/gone: no container that writes to it would start",
                        "target group puma has the target type 'instance', but tasks in the network mode awsvpc have an"
                                + " address of their own");
    }

    @Test
    void verify_ofSecretsWithoutARoleToReadThem_asksForOne() throws IOException {
        assertThat(findingsOf("""
                        { "containerDefinitions": [{ "name": "app", "image": "x", "memory": 64,
                            "portMappings": [{ "containerPort": 3001 }],
                            "secrets": [{ "name": "KEY", "valueFrom": "/shop/key" }] }] }
                        """))
                .extracting(Check::name, Check::detail, Check::remedy)
                .containsExactly(
                        tuple(
                                "execution role",
                                "the task definition names none, and its secrets or logs take one",
                                "Set 'executionRoleArn' to a role that ECS may read and write them with."),
                        tuple(
                                "target group",
                                "task definition puma:2 opens no port 3000 of a container 'app', which the service"
                                        + " sends to",
                                "Add it to the container's 'portMappings', or create the service with another."));
    }

    @Test
    void verify_ofARepositoryThatIsNotThere_namesTheNearest() {
        assertThat(findings("image: { repository: organization/ap }"))
                .extracting(Check::name, Check::detail, Check::remedy)
                .containsExactly(tuple(
                        "image repository",
                        "ECR has no repository 'organization/ap'",
                        "Did you mean 'image.repository: organization/app'?"));
    }

    @Test
    void verify_ofMoreTagsThanATaskDefinitionTakes_says() throws IOException {
        String tags = String.join(
                ",",
                IntStream.range(0, 43)
                        .mapToObj("{ \"key\": \"t%d\", \"value\": \"v\" }"::formatted)
                        .toList());

        assertThat(findingsOf("""
                        { "containerDefinitions": [{ "name": "app", "image": "x", "memory": 64,
                            "portMappings": [{ "containerPort": 3000 }] }], "tags": [%s] }
                        """.formatted(tags)))
                .extracting(Check::name, Check::detail, Check::remedy)
                .containsExactly(tuple(
                        "quota", "51 of 50 while a deploy is under way", "Remove tags from the task definition."));
    }

    @Test
    void quotas_ofMoreTasksThanAServiceOrATargetGroupTakes_areSaid() {
        Service large = Service.builder()
                .serviceName("puma")
                .desiredCount(3000)
                .loadBalancers(LoadBalancer.builder().targetGroupArn("arn").build())
                .build();

        assertThat(new QuotaChecks(target.clients).run(large, List.of(), 1))
                .filteredOn(check -> check.outcome() == Outcome.FAILED)
                .extracting(Check::unit, Check::detail, Check::remedy)
                .containsExactly(
                        tuple(
                                "tasks of a service",
                                "6000 of 5000 while a deploy is under way",
                                "Lower maximumPercent of the service."),
                        tuple(
                                "targets-per-target-group",
                                "6000 of 1000 while a deploy is under way",
                                "Have it raised by AWS."));
    }

    /** The quota is held to what a release is really tagged with. */
    @Test
    void most_ofAReleasesTags_isWhatItIsTaggedWith() {
        ReleaseTags all = new ReleaseTags(
                "shop",
                "a",
                "alice",
                Instant.EPOCH,
                Release.State.GOOD,
                Optional.of("b"),
                Optional.of("s"),
                new Companions(Map.of("worker", "worker:1")));
        Tag release = ReleaseTags.tag(ReleaseTags.PREFIX + "release", "puma:1");

        assertThat(Stream.concat(all.toTags().stream(), Stream.of(release)))
                .hasSize(ReleaseTags.most(2))
                .hasSize(ReleaseTags.most(1) + 1);
    }

    /** The other way round: hosts' ports, and a group that takes addresses. */
    @Test
    void verify_ofATargetGroupForAddresses_saysThatTasksOnHostsHaveNone() {
        String group = target.clients
                .balancers()
                .createTargetGroup(request -> request.name("by-address")
                        .protocol("HTTP")
                        .port(3000)
                        .vpcId("vpc-1")
                        .targetType("ip"))
                .targetGroups()
                .get(0)
                .targetGroupArn();
        String balancer = target.clients
                .balancers()
                .createLoadBalancer(request -> request.name("by-address").subnets("subnet-1", "subnet-2"))
                .loadBalancers()
                .get(0)
                .loadBalancerArn();
        target.clients
                .balancers()
                .createListener(request -> request.loadBalancerArn(balancer)
                        .protocol("HTTP")
                        .port(81)
                        .defaultActions(Action.builder()
                                .type(ActionTypeEnum.FORWARD)
                                .targetGroupArn(group)
                                .build()));
        Service service = Service.builder()
                .loadBalancers(LoadBalancer.builder()
                        .targetGroupArn(group)
                        .containerName("app")
                        .containerPort(3000)
                        .build())
                .build();
        var live =
                target.gateway().taskDefinition(target.gateway().service("puma").taskDefinition());

        assertThat(new TargetGroupChecks(target.clients).run(service, live.definition()))
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.outcome()).isEqualTo(Outcome.FAILED);
                    assertThat(check.detail())
                            .isEqualTo("target group by-address has the target type 'ip', but tasks in the network mode"
                                    + " bridge are reached at a port of their instance");
                    assertThat(check.remedy()).isEqualTo("Create one with the target type 'instance'.");
                });
    }

    static Stream<String> looks() {
        return Stream.concat(
                AwsCall.ALL.stream()
                        .filter(call -> call.origin() == AwsCall.Origin.CLIENT)
                        .filter(call -> call.without().orElse("").contains("verify"))
                        .map(AwsCall::action),
                Stream.of(
                        "sts:GetCallerIdentity",
                        "ecs:DescribeClusters",
                        "ecs:DescribeServices",
                        "ecs:DescribeTaskDefinition",
                        "ecr:DescribeRepositories",
                        "ecr:GetAuthorizationToken"));
    }

    /** Whoever may not look does not know: that is neither a yes nor a no. */
    @ParameterizedTest
    @MethodSource("looks")
    void verify_whereALookIsRefused_saysThatItIsNotKnownAndWhatToAllow(String action) {
        String operation = action.substring(action.indexOf(':') + 1);

        List<Check> checks = target.failing(operation, "denied", target::verify);

        assertThat(checks).noneMatch(check -> check.outcome() == Outcome.FAILED);
        assertThat(checks)
                .filteredOn(check -> check.outcome() == Outcome.UNKNOWN)
                .isNotEmpty()
                .anySatisfy(check -> {
                    assertThat(check.detail()).startsWith(action + " failed: ");
                    assertThat(check.remedy()).contains(action);
                });
    }
}
