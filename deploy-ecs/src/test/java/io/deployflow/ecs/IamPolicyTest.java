package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.ecs.AwsCall.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.LogConfiguration;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** The policy that is printed, from plain values. */
class IamPolicyTest {
    private static final Path DOCUMENTATION = Path.of("..", "docs", "ecs.md");
    private static final String ACCOUNT = "ap-northeast-1:123456789012";
    private static final String REPOSITORY = "arn:aws:ecr:" + ACCOUNT + ":repository/organization/app";
    private static final String CALLER = "arn:aws:iam::123456789012:role/deploy";
    private static final Service SERVICE = Service.builder()
            .serviceName("puma")
            .serviceArn("arn:aws:ecs:" + ACCOUNT + ":service/app-dev/puma")
            .clusterArn("arn:aws:ecs:" + ACCOUNT + ":cluster/app-dev")
            .loadBalancers(LoadBalancer.builder()
                    .targetGroupArn("arn:aws:elasticloadbalancing:" + ACCOUNT + ":targetgroup/puma/1")
                    .build())
            .build();
    private static final ContainerDefinition APP = ContainerDefinition.builder()
            .name("app")
            .logConfiguration(LogConfiguration.builder()
                    .logDriver(LogDriver.AWSLOGS)
                    .options(Map.of("awslogs-group", "/ecs/puma"))
                    .build())
            .secrets(
                    Secret.builder()
                            .name("DATABASE_URL")
                            .valueFrom("arn:aws:secretsmanager:" + ACCOUNT + ":secret:shop/database-x1Y2z3:url::")
                            .build(),
                    Secret.builder().name("KEY").valueFrom("/shop/key").build())
            .build();
    private static final TaskDefinition DEFINITION = TaskDefinition.builder()
            .family("puma")
            .taskDefinitionArn("arn:aws:ecs:" + ACCOUNT + ":task-definition/puma:17")
            .taskRoleArn("arn:aws:iam::123456789012:role/puma-task")
            .executionRoleArn("arn:aws:iam::123456789012:role/puma-execution")
            .containerDefinitions(APP)
            .build();
    private static final PolicyScope WHOLE =
            PolicyScope.of(SERVICE, DEFINITION, Optional.of(REPOSITORY), Optional.of(CALLER));

    private static IamPolicy.Statement about(String action, PolicyScope scope) {
        return IamPolicy.statements(List.of(scope)).stream()
                .filter(statement -> statement.actions().contains(action))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void document_isTheOneOfTheDocumentation() throws IOException {
        assertThat(Files.readString(DOCUMENTATION))
                .contains("```json\n" + IamPolicy.document(List.of(WHOLE)) + "\n```\n");
    }

    @Test
    void documentation_saysOfEachCallWhatIsLostWithoutIt() throws IOException {
        Map<String, List<String>> actions = AwsCall.ALL.stream()
                .filter(call -> !call.isNeeded())
                .collect(Collectors.groupingBy(
                        call -> call.without().orElseThrow(),
                        Collectors.mapping(call -> "`" + call.action() + "`", Collectors.toList())));

        assertThat(Files.readString(DOCUMENTATION))
                .contains(actions.entrySet().stream()
                        .map(entry -> "| " + String.join(", ", entry.getValue()) + " | " + entry.getKey() + " |\n")
                        .toList());
    }

    @Test
    void statements_areNarrowedToWhatTheTargetNames() {
        assertThat(about("ecs:UpdateService", WHOLE).resources())
                .containsExactly("arn:aws:ecs:" + ACCOUNT + ":service/app-dev/puma");
        assertThat(about("ecs:StopServiceDeployment", WHOLE).resources())
                .containsExactly("arn:aws:ecs:" + ACCOUNT + ":service-deployment/app-dev/puma/*");
        assertThat(about("ecs:TagResource", WHOLE).resources())
                .containsExactly(
                        "arn:aws:ecs:" + ACCOUNT + ":task-definition/puma:*",
                        "arn:aws:ecs:" + ACCOUNT + ":task/app-dev/*");
        assertThat(about("ecr:PutImage", WHOLE).resources()).containsExactly(REPOSITORY);
        assertThat(about("logs:GetLogEvents", WHOLE).resources())
                .containsExactly("arn:aws:logs:" + ACCOUNT + ":log-group:/ecs/puma:*");
        assertThat(about("secretsmanager:DescribeSecret", WHOLE).resources())
                .containsExactly("arn:aws:secretsmanager:" + ACCOUNT + ":secret:shop/database-x1Y2z3");
    }

    @Test
    void statements_passOnlyTheRolesOfTheTaskAndOnlyToTasks() {
        assertThat(about("iam:PassRole", WHOLE)).satisfies(statement -> {
            assertThat(statement.resources())
                    .containsExactly(
                            "arn:aws:iam::123456789012:role/puma-task",
                            "arn:aws:iam::123456789012:role/puma-execution");
            assertThat(statement.condition()).containsEntry("iam:PassedToService", "ecs-tasks.amazonaws.com");
        });
    }

    @Test
    void statements_ofAPlainServiceWithItsOwnRegistry_leaveOutWhatIsNotCalled() {
        PolicyScope plain = PolicyScope.of(
                SERVICE.toBuilder().loadBalancers(List.of()).build(),
                TaskDefinition.builder()
                        .family("puma")
                        .containerDefinitions(
                                ContainerDefinition.builder().name("app").build())
                        .build(),
                Optional.empty(),
                Optional.empty());

        assertThat(IamPolicy.statements(List.of(plain)))
                .flatExtracting(IamPolicy.Statement::actions)
                .allMatch(action -> action.startsWith("ecs:") || action.startsWith("application-autoscaling:"))
                .contains("ecs:UpdateService");
    }

    @Test
    void statements_ofAnotherPartition_staysInIt() {
        Service china = SERVICE.toBuilder()
                .serviceArn("arn:aws-cn:ecs:cn-north-1:123456789012:service/app-dev/puma")
                .build();

        assertThat(about("ecs:DescribeClusters", PolicyScope.of(china, DEFINITION, Optional.empty(), Optional.empty()))
                        .resources())
                .containsExactly("arn:aws-cn:ecs:cn-north-1:123456789012:cluster/app-dev");
    }

    @Test
    void statements_ofSeveralServices_nameEachOnce() {
        PolicyScope worker = PolicyScope.of(
                SERVICE.toBuilder().serviceName("worker").build(),
                DEFINITION,
                Optional.of(REPOSITORY),
                Optional.empty());

        assertThat(IamPolicy.statements(List.of(WHOLE, worker)))
                .filteredOn(statement -> statement.actions().contains("ecs:UpdateService"))
                .singleElement()
                .satisfies(statement -> assertThat(statement.resources())
                        .containsExactly(
                                "arn:aws:ecs:" + ACCOUNT + ":service/app-dev/puma",
                                "arn:aws:ecs:" + ACCOUNT + ":service/app-dev/worker"));
    }

    @Test
    void document_fitsIntoAManagedPolicy() {
        assertThat(IamPolicy.document(List.of(WHOLE)).replaceAll("\\s", "")).hasSizeLessThan(6144);
    }

    @Test
    void all_ofTheRegistry_areAboutTheOneRepository() {
        assertThat(AwsCall.ALL)
                .filteredOn(call -> call.origin() == Origin.REGISTRY)
                .extracting(AwsCall::scope)
                .containsOnly(CallScope.REPOSITORY);
    }

    @Test
    void secrets_whoseSuffixMayBeLeftOut_matchWithAndWithoutIt() {
        assertThat(new SecretReference("A", "arn:aws:secretsmanager:eu-west-1:1:secret:my-secret").patterns())
                .containsExactly(
                        "arn:aws:secretsmanager:eu-west-1:1:secret:my-secret",
                        "arn:aws:secretsmanager:eu-west-1:1:secret:my-secret-??????");
    }

    @Test
    void parameters_areKnownByNameAndByArn() {
        assertThat(new SecretReference("A", "arn:aws:ssm:eu-west-1:1:parameter/shop/key").id())
                .isEqualTo("/shop/key");
        assertThat(new SecretReference("A", "arn:aws:ssm:eu-west-1:1:parameter/key").id())
                .isEqualTo("key");
        assertThat(new SecretReference("A", "/shop/key").arn("arn:aws:%s:eu-west-1:1:"))
                .isEqualTo("arn:aws:ssm:eu-west-1:1:parameter/shop/key");
    }
}
