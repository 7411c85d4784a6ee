package io.deployflow.sandbox;

import static io.deployflow.sandbox.WireClient.ECS;
import static io.deployflow.sandbox.WireClient.LOGS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.sandbox.simulated.Script;
import io.deployflow.sandbox.team.Team;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rollouts of simulated containers, over HTTP and in virtual time. */
class SimulatedSandboxTest {

    private static final Duration LONG = Duration.ofMinutes(30);

    private final SimulatedSandbox sandbox = Sandbox.simulated().start();
    private final WireClient aws = new WireClient(sandbox.endpoint());

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void update_whenTimeStandsStill_changesNothingUntilItPasses() {
        sandbox.addService("puma", 2);
        deploy("puma", Script.GOOD);

        assertThat(newest("puma").path("rolloutState").asText()).isEqualTo("IN_PROGRESS");
        Instant before = sandbox.clock().instant();
        assertThat(sandbox.advanceUntil(LONG, () -> ended("puma"))).isTrue();

        assertThat(newest("puma").path("rolloutState").asText()).isEqualTo("COMPLETED");
        assertThat(Duration.between(before, sandbox.clock().instant()))
                .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(60));
        assertThat(sandbox.routes().values().iterator().next()).hasSize(2);
    }

    @Test
    void update_whenTheImageCrashes_rollsBackAndShowsExitCodeAndLog() {
        sandbox.addService("puma", 1);
        deploy("puma", Script.GOOD.exiting(Duration.ofSeconds(1), 3).writing("cannot find the table orders"));

        sandbox.advanceUntil(LONG, () -> ended("puma"));

        JsonNode task = stopped("puma");
        assertThat(task.path("stopCode").asText()).isEqualTo("EssentialContainerExited");
        assertThat(task.at("/containers/0/exitCode").asInt()).isEqualTo(3);
        String stream = "ecs/app/" + task.path("taskArn").asText().replaceFirst(".*/", "");
        assertThat(aws.call(
                                LOGS + "GetLogEvents",
                                "{\"logGroupName\":\"/ecs/puma\",\"logStreamName\":\"%s\"}".formatted(stream))
                        .at("/events/0/message")
                        .asText())
                .isEqualTo("cannot find the table orders");
    }

    @Test
    void update_whenTheImageCannotBePulled_saysSo() {
        sandbox.addService("puma", 1);
        deploy("puma", Script.GOOD.failing("CannotPullContainerError: toomanyrequests"));

        sandbox.advanceUntil(LONG, () -> ended("puma"));

        assertThat(stopped("puma").path("stoppedReason").asText())
                .isEqualTo("CannotPullContainerError: toomanyrequests");
    }

    @Test
    void stop_whenAContainerIgnoresSigterm_killsItAfterItsStopTimeout() {
        sandbox.addService("puma", 1);
        deploy("puma", Script.GOOD.stopping(Duration.ofMinutes(5), 0));
        sandbox.advanceUntil(LONG, () -> ended("puma"));

        deploy("puma", Script.GOOD);
        sandbox.advanceUntil(LONG, () -> ended("puma"));

        assertThat(stopped("puma").at("/containers/0/exitCode").asInt()).isEqualTo(137);
    }

    @Test
    void addService_withAHundredTasks_takesNoTime() {
        sandbox.addService("crowd", 100);

        assertThat(service("crowd").path("runningCount").asInt()).isEqualTo(100);
    }

    @Test
    void addServices_addsFiftyAtOnce() {
        List<String> names =
                IntStream.range(0, 50).mapToObj(number -> "web-" + number).toList();

        sandbox.addServices(names, 2);

        assertThat(names)
                .allSatisfy(name ->
                        assertThat(service(name).path("runningCount").asInt()).isEqualTo(2));
    }

    @Test
    void logs_canBeFollowedByTheirTokens() {
        sandbox.addService("puma", 1);
        deploy("puma", Script.GOOD.writing("one", "two", "three"));
        sandbox.advanceUntil(LONG, () -> ended("puma"));
        String stream = aws.call(LOGS + "DescribeLogStreams", "{\"logGroupName\":\"/ecs/puma\"}")
                .findValuesAsText("logStreamName")
                .get(1);

        JsonNode first = logs(stream, ",\"startFromHead\":true,\"limit\":2");
        JsonNode second = logs(
                stream,
                ",\"nextToken\":\"%s\"".formatted(first.path("nextForwardToken").asText()));
        JsonNode third = logs(
                stream,
                ",\"nextToken\":\"%s\""
                        .formatted(second.path("nextForwardToken").asText()));

        assertThat(first.path("events").findValuesAsText("message")).containsExactly("one", "two");
        assertThat(second.path("events").findValuesAsText("message")).containsExactly("three");
        assertThat(third.path("events")).isEmpty();
        assertThat(third.path("nextForwardToken")).isEqualTo(second.path("nextForwardToken"));
        assertThat(logs(stream, ",\"limit\":1").path("events").findValuesAsText("message"))
                .containsExactly("three");
    }

    @Test
    void update_ofTheCount_isTakenWhenTheTaskDefinitionIsInactive() {
        sandbox.addService("puma", 1);
        aws.call(ECS + "DeregisterTaskDefinition", "{\"taskDefinition\":\"puma:1\"}");

        aws.call(ECS + "UpdateService", "{\"cluster\":\"app-dev\",\"service\":\"puma\",\"desiredCount\":3}");

        assertThat(sandbox.advanceUntil(
                        LONG, () -> service("puma").path("runningCount").asInt() == 3))
                .isTrue();
    }

    private JsonNode logs(String stream, String fields) {
        return aws.call(
                LOGS + "GetLogEvents",
                "{\"logGroupName\":\"/ecs/puma\",\"logStreamName\":\"%s\"%s}".formatted(stream, fields));
    }

    @Test
    void speed_letsTimePassByItself() {
        try (SimulatedSandbox running = Sandbox.simulated().speed(100).start()) {
            Instant before = running.clock().instant();

            await().until(() -> running.clock().instant().isAfter(before.plusSeconds(20)));
        }
    }

    private void deploy(String service, Script script) {
        String image = sandbox.push(Team.REPOSITORY, "next", script);
        aws.call(ECS + "RegisterTaskDefinition", """
                {"family":"%s","containerDefinitions":[{"name":"app","image":"%s","memory":64,
                  "portMappings":[{"containerPort":3000}],
                  "logConfiguration":{"logDriver":"awslogs","options":{"awslogs-group":"/ecs/%s"}}}]}""".formatted(service, image, service));
        aws.call(
                ECS + "UpdateService",
                "{\"cluster\":\"app-dev\",\"service\":\"%s\",\"taskDefinition\":\"%s\"}".formatted(service, service));
    }

    private boolean ended(String service) {
        JsonNode deployment = aws.call(
                        ECS + "ListServiceDeployments",
                        "{\"cluster\":\"app-dev\",\"service\":\"%s\",\"maxResults\":1}".formatted(service))
                .at("/serviceDeployments/0");
        return deployment.hasNonNull("finishedAt")
                && newest(service).path("createdAt").asDouble()
                        <= deployment.path("createdAt").asDouble();
    }

    private JsonNode newest(String service) {
        return service(service).at("/deployments/0");
    }

    private JsonNode service(String service) {
        return aws.call(ECS + "DescribeServices", "{\"cluster\":\"app-dev\",\"services\":[\"%s\"]}".formatted(service))
                .at("/services/0");
    }

    private JsonNode stopped(String service) {
        JsonNode arns = aws.call(
                ECS + "ListTasks",
                "{\"cluster\":\"app-dev\",\"serviceName\":\"%s\",\"desiredStatus\":\"STOPPED\"}".formatted(service));
        JsonNode tasks = aws.call(
                        ECS + "DescribeTasks",
                        "{\"cluster\":\"app-dev\",\"tasks\":%s}".formatted(arns.path("taskArns")))
                .path("tasks");
        return tasks.get(tasks.size() - 1);
    }
}
