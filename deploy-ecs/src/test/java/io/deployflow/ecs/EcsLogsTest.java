package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.CancellationToken;
import io.deployflow.ConfigurationException;
import io.deployflow.Deployer;
import io.deployflow.LogQuery;
import io.deployflow.OneOffTask;
import io.deployflow.OperationReport;
import io.deployflow.sandbox.simulated.Script;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.PortMapping;

/** What the tasks of services wrote, as people ask for it. */
class EcsLogsTest extends OperationsStage {

    @Test
    void logs_areOfTheServicesTasksAlone() {
        behave(Script.GOOD.writing("of the service"));
        deployer.scale("staging", 3, Optional.empty(), CancellationToken.create());
        behave(Script.GOOD.writing("of a one-off task").exiting(Duration.ofSeconds(1), 0));
        deployer.run("staging", OneOffTask.of("true"), CancellationToken.create());
        events.clear();

        LogQuery lastHours = new LogQuery(false, Optional.of(Duration.ofHours(9)), Optional.empty(), Optional.empty());
        OperationReport report = deployer.logs("staging", lastHours, CancellationToken.create());

        assertThat(lines()).containsExactly("listening", "of the service", "of the service");
        assertThat(report.units()).hasSize(3);
    }

    @Test
    void logs_ofServicesOfWhichOneLogsElsewhere_areThoseOfTheOthersAndSaySo() {
        sandbox.addService("worker", 1);
        clients.ecs()
                .registerTaskDefinition(TaskDefinitions.asRequest(
                                gateway()
                                        .taskDefinition(
                                                gateway().service("worker").taskDefinition())
                                        .definition(),
                                List.of())
                        .toBuilder()
                        .containerDefinitions(ContainerDefinition.builder()
                                .name("app")
                                .image("nowhere.example/worker:1")
                                .memory(64)
                                .portMappings(PortMapping.builder()
                                        .containerPort(3000)
                                        .build())
                                .logConfiguration(log -> log.logDriver("json-file"))
                                .build())
                        .build());
        clients.ecs()
                .updateService(
                        request -> request.cluster("app-dev").service("worker").taskDefinition("worker"));
        EcsSettings both = SettingsText.of(
                "region: " + sandbox.region(),
                "endpoint: " + sandbox.endpoint(),
                "cluster: app-dev",
                "image: { repository: organization/app }",
                "services: [puma, worker]");
        LogQuery lastHours = new LogQuery(false, Optional.of(Duration.ofHours(9)), Optional.empty(), Optional.empty());

        try (Deployer several = deployer(both)) {
            OperationReport report = several.logs("staging", lastHours, CancellationToken.create());

            assertThat(lines()).contains("listening");
            assertThat(report.warnings())
                    .singleElement()
                    .asString()
                    .isEqualTo("nothing that app (json-file) of task definition worker:2 write can be read");
        }
    }

    @Test
    void logs_whenFollowed_goOnWithNewTasksUntilCancelled() {
        CancellationToken token = CancellationToken.create();
        behave(Script.GOOD.writing("a new task"));
        Thread follower = new Thread(() -> deployer.logs(
                "staging",
                new LogQuery(true, Optional.of(Duration.ofHours(9)), Optional.empty(), Optional.empty()),
                token));
        follower.start();
        deployer.scale("staging", 2, Optional.empty(), CancellationToken.create());

        assertThat(sandbox.advanceUntil(Duration.ofHours(1), () -> lines().contains("a new task")))
                .isTrue();
        token.cancel();
        assertThat(ended(follower)).isTrue();
    }

    private static boolean ended(Thread thread) {
        try {
            thread.join(Duration.ofSeconds(20).toMillis());
            return !thread.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void logs_ofAContainerThatIsNotThere_namesThoseThatAre() {
        LogQuery other = new LogQuery(false, Optional.empty(), Optional.empty(), Optional.of("nginx"));

        assertThatThrownBy(() -> deployer.logs("staging", other, CancellationToken.create()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("has no container 'nginx'; it has: app");
    }
}
