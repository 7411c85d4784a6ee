package io.deployflow.sandbox;

import static io.deployflow.sandbox.WireClient.ECS;
import static io.deployflow.sandbox.WireClient.LOGS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.sandbox.port.Backend;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rollouts over HTTP with a data plane in memory, on a very fast clock. */
class RolloutStoryTest {

    private static final String DIGEST = "sha256:" + "a".repeat(64);
    private static final Duration SOON = Duration.ofSeconds(20);

    private final FakePorts fake = new FakePorts();
    private SandboxServer server;
    private WireClient aws;
    private String group;

    @BeforeEach
    void start() {
        server = SandboxServer.start(SandboxSettings.of(new Timings(60)), fake.ports());
        aws = new WireClient(server.url());
        aws.call(ECS + "CreateCluster", "{\"clusterName\":\"dev\"}");
        String balancer = aws.elb("Action=CreateLoadBalancer&Name=app", "LoadBalancerArn");
        group = aws.elb("Action=CreateTargetGroup&Name=puma&HealthCheckIntervalSeconds=5", "TargetGroupArn");
        aws.elb(
                "Action=ModifyTargetGroupAttributes&TargetGroupArn=" + group
                        + "&Attributes.member.1.Key=deregistration_delay.timeout_seconds&Attributes.member.1.Value=5",
                "Attributes");
        aws.elb(
                "Action=CreateListener&Protocol=HTTP&Port=80&LoadBalancerArn=" + balancer
                        + "&DefaultActions.member.1.Type=forward&DefaultActions.member.1.TargetGroupArn=" + group,
                "ListenerArn");
        aws.call(LOGS + "CreateLogGroup", "{\"logGroupName\":\"/dev/puma\"}");
        register("app:good");
        aws.call(ECS + "CreateService", """
                {"cluster":"dev","serviceName":"puma","taskDefinition":"puma","desiredCount":2,
                 "deploymentConfiguration":{"deploymentCircuitBreaker":{"enable":true,"rollback":true}},
                 "loadBalancers":[{"targetGroupArn":"%s","containerName":"app","containerPort":3000}]}""".formatted(group));
        awaitStatus("SUCCESSFUL");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void update_showsTwoDeploymentsAndEndsWithOne() {
        List<Backend> before = backends();
        register("app:good");

        JsonNode deployments = update("puma:2").path("deployments");

        assertThat(deployments).hasSize(2);
        assertThat(deployments.at("/0/status").asText()).isEqualTo("PRIMARY");
        assertThat(deployments.at("/1/status").asText()).isEqualTo("ACTIVE");
        awaitStatus("SUCCESSFUL");
        assertThat(service().path("deployments")).hasSize(1);
        assertThat(service().path("taskDefinition").asText()).endsWith("puma:2");
        assertThat(backends()).hasSize(2).doesNotContainAnyElementsOf(before);
    }

    @Test
    void update_whenHealthChecksFail_rollsBackAndTellsWhy() {
        register("app:sick");
        update("puma:2");

        awaitStatus("ROLLBACK_SUCCESSFUL");

        assertThat(service().at("/deployments/0/taskDefinition").asText()).endsWith("puma:1");
        JsonNode stopped = aws.call(
                ECS + "ListTasks", "{\"cluster\":\"dev\",\"serviceName\":\"puma\",\"desiredStatus\":\"STOPPED\"}");
        JsonNode task = aws.call(
                        ECS + "DescribeTasks", "{\"cluster\":\"dev\",\"tasks\":%s}".formatted(stopped.path("taskArns")))
                .at("/tasks/0");
        assertThat(task.path("stoppedReason").asText())
                .isEqualTo("Task failed ELB health checks in (target-group %s)".formatted(group));
        assertThat(task.at("/containers/0/exitCode").asInt()).isEqualTo(143);
        assertThat(aws.call(LOGS + "GetLogEvents", """
                                {"logGroupName":"/dev/puma","logStreamName":"web/app/%s"}""".formatted(
                                        task.path("taskArn").asText().replaceFirst(".*/", "")))
                        .at("/events/0/message")
                        .asText())
                .isEqualTo("hello from app");
    }

    @Test
    void update_whenTheImageIsAbsent_failsToStart() {
        register("app:absent");
        update("puma:2");
        awaitStatus("ROLLBACK_SUCCESSFUL");

        JsonNode stopped = aws.call(ECS + "ListTasks", "{\"cluster\":\"dev\",\"desiredStatus\":\"STOPPED\"}");
        JsonNode task = aws.call(
                        ECS + "DescribeTasks", "{\"cluster\":\"dev\",\"tasks\":%s}".formatted(stopped.path("taskArns")))
                .at("/tasks/0");

        assertThat(task.path("stopCode").asText()).isEqualTo("TaskFailedToStart");
        assertThat(task.path("stoppedReason").asText()).startsWith("CannotPullContainerError");
    }

    @Test
    void update_withNothingNew_deploysNothing() {
        update("puma:1");

        assertThat(service().path("deployments")).hasSize(1);
    }

    @Test
    void update_withForce_resolvesTheTagAnew() {
        fake.push("organization/app", "latest", DIGEST);
        register(fake.endpoint() + "/organization/app:latest");
        update("puma:2");
        awaitStatus("SUCCESSFUL");
        String pushedLater = "sha256:" + "b".repeat(64);
        fake.push("organization/app", "latest", pushedLater);

        assertThat(currentDigest()).isEqualTo(DIGEST);
        aws.call(ECS + "UpdateService", "{\"cluster\":\"dev\",\"service\":\"puma\",\"forceNewDeployment\":true}");
        awaitStatus("SUCCESSFUL");
        assertThat(currentDigest()).isEqualTo(pushedLater);
    }

    @Test
    void stopServiceDeployment_rollsBack() {
        register("app:good");
        update("puma:2");
        await().atMost(SOON).until(() -> newest().path("status").asText().equals("IN_PROGRESS"));

        aws.call(
                ECS + "StopServiceDeployment",
                "{\"serviceDeploymentArn\":\"%s\"}"
                        .formatted(newest().path("serviceDeploymentArn").asText()));

        awaitStatus("ROLLBACK_SUCCESSFUL");
        assertThat(service().path("taskDefinition").asText()).endsWith("puma:1");
    }

    @Test
    void deleteService_needsForceWhileScaledUp_andDrains() {
        assertThat(aws.json(ECS + "DeleteService", "{\"cluster\":\"dev\",\"service\":\"puma\"}")
                        .body())
                .contains("scaled above 0");

        aws.call(ECS + "DeleteService", "{\"cluster\":\"dev\",\"service\":\"puma\",\"force\":true}");

        assertThat(service().path("status").asText()).isEqualTo("DRAINING");
        await().atMost(SOON).until(() -> service().path("status").asText().equals("INACTIVE"));
        await().atMost(SOON).until(() -> fake.tasks.isEmpty());
    }

    @Test
    void runTask_runsAndIsStoppedByHand() {
        String arn = aws.call(ECS + "RunTask", "{\"cluster\":\"dev\",\"taskDefinition\":\"puma\",\"startedBy\":\"me\"}")
                .at("/tasks/0/taskArn")
                .asText();
        await().atMost(SOON).until(() -> task(arn).path("lastStatus").asText().equals("RUNNING"));

        aws.call(ECS + "StopTask", "{\"cluster\":\"dev\",\"task\":\"%s\",\"reason\":\"enough\"}".formatted(arn));

        await().atMost(SOON).until(() -> task(arn).path("lastStatus").asText().equals("STOPPED"));
        assertThat(task(arn).path("stopCode").asText()).isEqualTo("UserInitiated");
        assertThat(task(arn).path("group").asText()).isEqualTo("family:puma");
    }

    private void register(String image) {
        aws.call(ECS + "RegisterTaskDefinition", """
                {"family":"puma","containerDefinitions":[{"name":"app","image":"%s","memory":64,
                  "portMappings":[{"containerPort":3000}],
                  "logConfiguration":{"logDriver":"awslogs","options":{"awslogs-group":"/dev/puma","awslogs-stream-prefix":"web"}}}]}""".formatted(image));
    }

    private JsonNode update(String taskDefinition) {
        return aws.call(
                        ECS + "UpdateService",
                        "{\"cluster\":\"dev\",\"service\":\"puma\",\"taskDefinition\":\"%s\"}"
                                .formatted(taskDefinition))
                .path("service");
    }

    private JsonNode service() {
        return aws.call(ECS + "DescribeServices", "{\"cluster\":\"dev\",\"services\":[\"puma\"]}")
                .at("/services/0");
    }

    private JsonNode task(String arn) {
        return aws.call(ECS + "DescribeTasks", "{\"cluster\":\"dev\",\"tasks\":[\"%s\"]}".formatted(arn))
                .at("/tasks/0");
    }

    private JsonNode newest() {
        return aws.call(ECS + "ListServiceDeployments", "{\"cluster\":\"dev\",\"service\":\"puma\"}")
                .at("/serviceDeployments/0");
    }

    private String currentDigest() {
        String revision = newest().path("targetServiceRevisionArn").asText();
        return aws.call(ECS + "DescribeServiceRevisions", "{\"serviceRevisionArns\":[\"%s\"]}".formatted(revision))
                .at("/serviceRevisions/0/containerImages/0/imageDigest")
                .asText();
    }

    private List<Backend> backends() {
        return fake.routes.values().iterator().next();
    }

    /** Waits for the service deployment of the service's newest deployment, which shows a moment after it. */
    private void awaitStatus(String status) {
        String deployment = service().at("/deployments").findValuesAsText("createdAt").stream()
                .max(String::compareTo)
                .orElseThrow();
        await().atMost(SOON)
                .until(() -> newest().path("createdAt").asText().compareTo(deployment) >= 0
                        && newest().path("status").asText().equals(status));
    }
}
