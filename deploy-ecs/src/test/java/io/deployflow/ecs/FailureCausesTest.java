package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.ConfigurationException;
import io.deployflow.DeployException;
import io.deployflow.sandbox.Sandbox;
import io.deployflow.sandbox.SimulatedSandbox;
import io.deployflow.sandbox.Timings;
import io.deployflow.sandbox.simulated.Script;
import io.deployflow.spi.RolloutResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Secret;

/** Releases whose tasks cannot run for a reason of their own: what is said of it, what to do, and how soon. */
class FailureCausesTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/";

    @Test
    void rollout_ofAnImageForAnotherProcessor_saysSo() {
        DeployException failure = failure(Script.OTHER_ARCHITECTURE, next -> next);

        assertThat(failure).hasMessageContaining("exited with 1").hasMessageContaining("exec format error");
        assertThat(failure.remedy())
                .startsWith("The image is for another processor than the task's: set 'image.platform'");
    }

    @Test
    void rollout_whoseSecretIsNotThere_saysSo() {
        DeployException failure = failure(
                Script.GOOD, secret("arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/database-x1Y2z3"));

        assertThat(failure)
                .hasMessageContaining("TaskFailedToStart: ResourceInitializationError")
                .hasMessageContaining("Secrets Manager can't find the specified secret");
        assertThat(failure.remedy()).startsWith("A secret of the task definition does not exist: check the ARNs");
    }

    @Test
    void rollout_whoseParameterIsNotThere_saysSo() {
        DeployException failure = failure(Script.GOOD, secret("/shop/database-url"));

        assertThat(failure).hasMessageContaining("invalid parameters: /shop/database-url");
        assertThat(failure.remedy()).startsWith("A secret of the task definition does not exist: check the ARNs");
    }

    @Test
    void rollout_whoseSecretMayNotBeRead_saysWhoMayNotAndWhatToAllow() {
        DeployException failure =
                failure(Script.GOOD, next -> secret("/shop/key").apply(next).executionRoleArn(ROLE + "puma-locked"));

        assertThat(failure).hasMessageContaining("is not authorized to perform: ssm:GetParameters");
        assertThat(failure.remedy())
                .isEqualTo("The task's execution role may not read a secret of the task definition: allow"
                        + " secretsmanager:GetSecretValue or ssm:GetParameters, and kms:Decrypt for its key.");
    }

    @Test
    void rollout_whoseLogGroupIsNotThere_saysSo() {
        DeployException failure = failure(Script.GOOD, logsTo("/ecs/nowhere"));

        assertThat(failure).hasMessageContaining("The specified log group does not exist");
        assertThat(failure.remedy())
                .startsWith("The log group of the task definition ('awslogs-group') does not exist");
    }

    @Test
    void rollout_whoseExecutionRoleMayNotLog_saysSo() {
        DeployException failure =
                failure(Script.GOOD, next -> logsTo("/ecs/puma").apply(next).executionRoleArn(ROLE + "puma-locked"));

        assertThat(failure).hasMessageContaining("is not authorized to perform: logs:CreateLogStream");
        assertThat(failure.remedy())
                .isEqualTo("The task's execution role may not write logs: allow logs:CreateLogStream and"
                        + " logs:PutLogEvents.");
    }

    /** Fails the deploy of a changed task definition, in a third of the time that the circuit breaker takes at most. */
    private static DeployException failure(Script script, UnaryOperator<RegisterTaskDefinitionRequest.Builder> change) {
        try (Simulation simulation = simulation(Timings.AWS)) {
            simulation.post("iam", """
                    {"roles":[{"roleName":"puma-execution"},{"roleName":"puma-locked","policies":[{"Statement":[
                      {"Effect":"Allow","Action":["ecr:*"],"Resource":"*"}]}]}]}""");
            EcsRelease release = simulation.changed(simulation.release(script), change);
            Instant begin = simulation.sandbox.clock().instant();

            RolloutResult result = simulation.rollOut(release);

            Instant ours = simulation.sandbox.clock().instant();
            assertThat(simulation.record("puma").statusAsString()).isEqualTo("IN_PROGRESS");
            assertThat(simulation.sandbox.advanceUntil(
                            Duration.ofHours(1),
                            () -> simulation.record("puma").statusAsString().startsWith("ROLLBACK")))
                    .isTrue();
            Instant first = simulation.firstTask("puma", begin);
            assertThat(Duration.between(first, ours).multipliedBy(3))
                    .isLessThanOrEqualTo(
                            Duration.between(first, simulation.sandbox.clock().instant()));
            return result.failure().orElseThrow();
        }
    }

    private static UnaryOperator<RegisterTaskDefinitionRequest.Builder> secret(String valueFrom) {
        return container(app -> app.secrets(Secret.builder()
                        .name("DATABASE_URL")
                        .valueFrom(valueFrom)
                        .build())
                .logConfiguration(logs -> logs.logDriver(LogDriver.JSON_FILE)));
    }

    private static UnaryOperator<RegisterTaskDefinitionRequest.Builder> logsTo(String group) {
        return container(app -> app.logConfiguration(logs -> logs.logDriver(LogDriver.AWSLOGS)
                .options(Map.of("awslogs-group", group, "awslogs-region", "eu-west-1"))));
    }

    private static UnaryOperator<RegisterTaskDefinitionRequest.Builder> container(
            UnaryOperator<ContainerDefinition.Builder> change) {
        return next -> {
            ContainerDefinition app = next.build().containerDefinitions().get(0);
            return next.executionRoleArn(ROLE + "puma-execution")
                    .containerDefinitions(change.apply(app.toBuilder()).build());
        };
    }

    /** Before the tasks show it: a task definition of a processor, an image of others, and what deploys it. */
    @ParameterizedTest
    @CsvSource({
        "X86_64, arm64,       'image: { repository: organization/app }', 'image.platform: linux/amd64'",
        "ARM64,  amd64,       'image: { repository: organization/app }', 'docker buildx build --platform linux/arm64'",
        "ARM64,  amd64 s390x, 'image: { repository: organization/app, build: layers, layers: { base: scratch } }', 'image.layers.platforms: [linux/arm64]'"
    })
    void push_ofAnImageForAnotherProcessorThanTheTasks_isRefusedBeforeAnythingIsRegistered(
            String tasks, String there, String keys, String remedy) {
        SimulatedSandbox sandbox = sandbox(Timings.FAST);
        try (Simulation simulation = new Simulation(sandbox, keys)) {
            simulation.serve(next -> next.runtimePlatform(platform -> platform.cpuArchitecture(tasks)));
            String image = sandbox.push("organization/app", "theirs", Script.GOOD, List.of(there.split(" ")));
            simulation.calls.clear();

            assertThatThrownBy(() -> simulation.adopt(image))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage("image " + image + " is for " + there.replace(" ", ", ")
                            + ", and the tasks of service puma run on " + tasks
                            + ": 'runtimePlatform.cpuArchitecture' of task definition puma says so;"
                            + " nothing live was changed")
                    .extracting(failure -> ((DeployException) failure).remedy())
                    .asString()
                    .contains(remedy, "or set 'runtimePlatform' of the task definition");
            assertThat(simulation.calls).doesNotContainKeys("RegisterTaskDefinition", "UpdateService");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"amd64 arm64", "arm64"})
    void push_ofAnImageForTheTasksProcessorToo_isRolledOut(String there) {
        try (Simulation simulation = simulation(Timings.FAST)) {
            simulation.serve(next -> next.runtimePlatform(platform -> platform.cpuArchitecture("ARM64")));
            String image =
                    simulation.sandbox.push("organization/app", "theirs", Script.GOOD, List.of(there.split(" ")));

            assertThat(simulation.rollOut(simulation.adopt(image)).failure()).isEmpty();
        }
    }

    /** A host of one's own has the processor that it has. */
    @Test
    void push_whereTheTaskDefinitionNamesNoProcessor_isNotJudged() {
        try (Simulation simulation = simulation(Timings.FAST)) {
            String image = simulation.sandbox.push("organization/app", "theirs", Script.GOOD, List.of("arm64"));

            assertThat(simulation.adopt(image).id()).isEqualTo("puma:2");
        }
    }

    @ParameterizedTest
    @CsvSource({"CODE_DEPLOY, AWS CodeDeploy", "EXTERNAL, what manages its task sets"})
    void preflight_ofAServiceUnderAnotherController_isRefusedWithWhatDeploysIt(
            DeploymentControllerType controller, String remedy) {
        SimulatedSandbox sandbox = sandbox(Timings.FAST);
        try (Simulation simulation = new Simulation(sandbox, "service: other")) {
            simulation.clients.ecs().createService(request -> {
                request.cluster("app-dev")
                        .serviceName("other")
                        .desiredCount(1)
                        .deploymentController(with -> with.type(controller));
                if (controller == DeploymentControllerType.CODE_DEPLOY) {
                    request.taskDefinition("puma");
                }
            });
            simulation.calls.clear();

            assertThatThrownBy(() -> simulation.rollout.preflight(simulation.context()))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage("service other is under the deployment controller " + controller + ", not ECS")
                    .extracting(failure -> ((DeployException) failure).remedy())
                    .asString()
                    .contains("Deploy it with " + remedy, "the deployment controller ECS");
            assertThat(simulation.calls.keySet()).allMatch(call -> call.startsWith("Describe"));
        }
    }

    private static Simulation simulation(Timings timings) {
        return new Simulation(sandbox(timings));
    }

    private static SimulatedSandbox sandbox(Timings timings) {
        SimulatedSandbox sandbox = Sandbox.simulated().clock(timings).start();
        sandbox.addService("puma", 1);
        return sandbox;
    }
}
