package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.Application;
import io.deployflow.DeployOptions;
import io.deployflow.Deployer;
import io.deployflow.OperationReport;
import io.deployflow.Target;
import io.deployflow.TargetUnreachableException;
import io.deployflow.event.DeployEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a task definition says what its container starts, asked of ECS as a plan and a build do. */
class StartCheckOnEcsTest {
    @TempDir
    private Path folder;

    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private SimulatedTarget target;
    private Deployer deployer;

    @BeforeEach
    void start() throws IOException {
        Path source = Files.createDirectory(folder.resolve("shop"));
        Files.writeString(source.resolve("greeting"), "hello");
        target = new SimulatedTarget(folder);
        deployer = deployer(source);
    }

    @AfterEach
    void stop() {
        deployer.close();
        target.close();
    }

    private Deployer deployer(Path source) {
        EcsSettings settings = target.settingsWith("""
                image:
                  repository: organization/app
                  build: layers
                  layers:
                    base: scratch
                    cache: { directory: %s, megabytes: 10 }""".formatted(folder.resolve("cache")));
        return Deployer.builder()
                .application(new Application("shop", source))
                .adapter(new EcsAdapter(Pace.REAL, Paces.NO_LIMIT, QuickClients.MANNERS))
                .target(Target.of("staging", "ecs", settings))
                .person("alice@laptop")
                .listener(event -> {
                    if (event instanceof DeployEvent.Warning warning) {
                        warnings.add(warning.message());
                    }
                })
                .build();
    }

    private void plan() {
        deployer.plan("staging", DeployOptions.defaults());
    }

    private OperationReport build() {
        return deployer.build("staging", DeployOptions.defaults(), Optional.of(image()));
    }

    private Path image() {
        return folder.resolve("image.tar");
    }

    /** The service comes to run a task definition whose container has a command. */
    private void serveACommand() {
        var live =
                target.gateway().taskDefinition(target.gateway().service("puma").taskDefinition());
        String arn = target.clients
                .ecs()
                .registerTaskDefinition(TaskDefinitions.asRequest(live.definition(), List.of()).toBuilder()
                        .containerDefinitions(live.definition().containerDefinitions().get(0).toBuilder()
                                .command("java", "com.example.Shop")
                                .build())
                        .build())
                .taskDefinition()
                .taskDefinitionArn();
        target.clients.ecs().updateService(ServiceUpdates.to(target.settings, "puma", arn));
        target.settle();
    }

    @Test
    void taskDefinition_thatHasACommand_leavesNothingToWarnOf() {
        serveACommand();

        plan();
        OperationReport report = build();

        assertThat(report.failure()).isEmpty();
        assertThat(warnings).isEmpty();
    }

    @Test
    void taskDefinition_thatHasNoCommand_isWarnedOfByAPlanAndByABuild() {
        plan();
        OperationReport report = build();

        assertThat(report.failure()).isEmpty();
        assertThat(warnings)
                .hasSize(2)
                .allSatisfy(warning -> assertThat(warning)
                        .startsWith("the image starts nothing")
                        .contains("Set 'image.layers.command'")
                        .doesNotContain("give the task definition a command"));
    }

    @ParameterizedTest
    @CsvSource({
        "DescribeServices, drop",
        "DescribeServices, denied",
        "DescribeTaskDefinition, drop",
        "DescribeTaskDefinition, denied"
    })
    void ecs_thatDoesNotTell_leavesABuildWithAWarningOfWhatWouldMendIt(String operation, String trouble) {
        serveACommand();

        OperationReport report = target.failing(operation, trouble, this::build);

        assertThat(report.failure()).isEmpty();
        assertThat(image()).isNotEmptyFile();
        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("the image starts nothing")
                .endsWith("; or give the task definition a command");
    }

    @ParameterizedTest
    @CsvSource({"DescribeServices, drop", "DescribeTaskDefinition, denied"})
    void ecs_thatDoesNotTell_failsAPlan_whichWarnsOfNothing(String operation, String trouble) {
        assertThatThrownBy(() -> target.failing(operation, trouble, () -> {
                    plan();
                    return true;
                }))
                .isInstanceOf(TargetUnreachableException.class)
                .hasMessageContaining("ecs:" + operation);

        assertThat(warnings).isEmpty();
    }
}
