package io.deployflow.sandbox;

import static io.deployflow.sandbox.WireClient.ECS;
import static io.deployflow.sandbox.WireClient.LOGS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rollouts with real containers behind a real load balancer, while a client calls all along. */
class RolloutIT {

    private static final Duration SOON = Duration.ofMinutes(1);

    private static Sandbox sandbox;
    private static WireClient aws;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.builder().clock(Timings.FAST).ecsService(true).start();
        aws = new WireClient(sandbox.endpoint());
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void update_replacesTheContainersWithoutAFailedRequest() {
        String before = newest().path("serviceDeploymentArn").asText();
        try (Traffic traffic = Traffic.to(sandbox.loadBalancerUrl())) {
            update(definition -> ((ObjectNode) definition.at("/containerDefinitions/0"))
                    .putArray("environment")
                    .addObject()
                    .put("name", "PORT")
                    .put("value", "3000"));
            awaitNext(before, "SUCCESSFUL");

            assertThat(traffic.failures()).isEmpty();
            assertThat(traffic.answered()).isPositive();
        }
    }

    @Test
    void update_whenTheContainerExits_rollsBackWithoutAFailedRequestAndKeepsItsLastWords() {
        String before = newest().path("serviceDeploymentArn").asText();
        try (Traffic traffic = Traffic.to(sandbox.loadBalancerUrl())) {
            update(definition -> ((ObjectNode) definition.at("/containerDefinitions/0"))
                    .putArray("command")
                    .add("sh")
                    .add("-c")
                    .add("echo last words; exit 7"));
            awaitNext(before, "ROLLBACK_SUCCESSFUL");

            assertThat(traffic.failures()).isEmpty();
        }
        JsonNode task = failedTask();
        assertThat(task.path("stopCode").asText()).isEqualTo("EssentialContainerExited");
        assertThat(task.at("/containers/0/exitCode").asInt()).isEqualTo(7);
        assertThat(aws.call(
                                LOGS + "FilterLogEvents",
                                "{\"logGroupName\":\"/ecs/puma\",\"filterPattern\":\"last words\"}")
                        .path("events"))
                .isNotEmpty();
    }

    /** Changes what is current and rolls it out. */
    private static void update(Consumer<ObjectNode> change) {
        String current = aws.call(ECS + "DescribeServices", "{\"cluster\":\"app-dev\",\"services\":[\"puma\"]}")
                .at("/services/0/taskDefinition")
                .asText();
        ObjectNode definition =
                (ObjectNode) aws.call(ECS + "DescribeTaskDefinition", "{\"taskDefinition\":\"%s\"}".formatted(current))
                        .path("taskDefinition");
        change.accept(definition);
        String registered = aws.call(ECS + "RegisterTaskDefinition", definition.toString())
                .at("/taskDefinition/taskDefinitionArn")
                .asText();
        aws.call(
                ECS + "UpdateService",
                "{\"cluster\":\"app-dev\",\"service\":\"puma\",\"taskDefinition\":\"%s\"}".formatted(registered));
    }

    private static void awaitNext(String before, String status) {
        await().atMost(SOON)
                .until(() -> !newest().path("serviceDeploymentArn").asText().equals(before)
                        && newest().path("status").asText().equals(status));
    }

    private static JsonNode newest() {
        return aws.call(ECS + "ListServiceDeployments", "{\"cluster\":\"app-dev\",\"service\":\"puma\"}")
                .at("/serviceDeployments/0");
    }

    private static JsonNode failedTask() {
        JsonNode stopped = aws.call(ECS + "ListTasks", "{\"cluster\":\"app-dev\",\"desiredStatus\":\"STOPPED\"}");
        JsonNode tasks = aws.call(
                        ECS + "DescribeTasks",
                        "{\"cluster\":\"app-dev\",\"tasks\":%s}".formatted(stopped.path("taskArns")))
                .path("tasks");
        return tasks.valueStream()
                .filter(task -> task.path("stopCode").asText().equals("EssentialContainerExited"))
                .findFirst()
                .orElseThrow();
    }
}
