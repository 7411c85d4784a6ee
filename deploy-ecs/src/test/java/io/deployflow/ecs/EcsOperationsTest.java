package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.Application;
import io.deployflow.CancellationToken;
import io.deployflow.ConfigurationException;
import io.deployflow.DeployCancelledException;
import io.deployflow.Deployer;
import io.deployflow.Lane;
import io.deployflow.OneOffTask;
import io.deployflow.OperationReport;
import io.deployflow.Target;
import io.deployflow.event.DeployEvent;
import io.deployflow.sandbox.simulated.Script;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Task;

/** What people do to a service between deploys, on a sandbox without containers. */
class EcsOperationsTest extends OperationsStage {

    private OperationReport run(OneOffTask task) {
        return deployer.run("staging", task, CancellationToken.create());
    }

    @Test
    void run_whenTheCommandEnds_tellsItsLinesOnceAndItsStatus() {
        behave(Script.GOOD.writing("one", "two", "two").exiting(Duration.ofSeconds(9), 0));

        OperationReport report = run(OneOffTask.of("bin/rails", "db:version"));

        assertThat(report.failure()).isEmpty();
        assertThat(report.units()).singleElement().satisfies(unit -> {
            assertThat(unit.status()).hasValue(0);
            assertThat(unit.took()).isPositive();
        });
        assertThat(lines()).containsExactly("one", "two", "two");
    }

    @Test
    void run_whenTheCommandFails_saysWithWhat() {
        behave(Script.GOOD.writing("no such table").exiting(Duration.ofSeconds(3), 3));

        OperationReport report = run(OneOffTask.of("false"));

        assertThat(report.units())
                .singleElement()
                .satisfies(unit -> assertThat(unit.status()).hasValue(3));
        assertThat(report.failure())
                .get()
                .extracting(Throwable::getMessage)
                .asString()
                .contains(" exited with 3: EssentialContainerExited");
        assertThat(lines()).containsExactly("no such table");
    }

    @Test
    void run_whenTheImageCannotBePulled_hasNoStatusAndSaysWhy() {
        behave(Script.GOOD.failing("CannotPullContainerError: pull access denied"));

        OperationReport report = run(OneOffTask.of("true"));

        assertThat(report.units())
                .singleElement()
                .satisfies(unit -> assertThat(unit.status()).isEmpty());
        assertThat(report.failure().orElseThrow())
                .hasMessageContaining("did not run its command to the end: TaskFailedToStart")
                .hasMessageContaining("pull access denied");
    }

    @Test
    void run_whenCancelled_stopsTheTask() {
        CancellationToken token = CancellationToken.create();
        behave(Script.GOOD.writing("started"));
        try (Deployer cancelling = Deployer.builder()
                .application(new Application("shop", Path.of(".")))
                .adapter(new EcsAdapter(Paces.every(Duration.ofMillis(30)), Paces.NO_LIMIT))
                .target(Target.of("staging", "ecs", settings))
                .person("alice@laptop")
                .listener(event -> {
                    if (event instanceof DeployEvent.Output) {
                        token.cancel();
                    }
                })
                .build()) {
            assertThatThrownBy(() -> cancelling.run("staging", OneOffTask.of("sleep"), token))
                    .isInstanceOf(DeployCancelledException.class);
        }
        assertThat(oneOffs(DesiredStatus.STOPPED))
                .singleElement()
                .satisfies(task -> assertThat(task.stoppedReason()).isEqualTo("cancelled by alice@laptop"));
        assertThat(oneOffs(DesiredStatus.RUNNING)).isEmpty();
    }

    private List<Task> oneOffs(DesiredStatus status) {
        List<String> arns = clients.ecs()
                .listTasks(request -> request.cluster("app-dev")
                        .startedBy("deployflow/alice_laptop")
                        .desiredStatus(status))
                .taskArns();
        return arns.stream()
                .flatMap(arn -> gateway().tasks().find(arn).stream())
                .toList();
    }

    @Test
    void run_ofAReleaseThatIsNotThere_namesThoseThatAre() {
        OneOffTask task = new OneOffTask(
                List.of("true"), Optional.empty(), Optional.empty(), Optional.of("nothing"), Map.of("A", "1"));

        assertThatThrownBy(() -> run(task))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("staging has no release 'nothing'");
    }

    @Test
    void run_ofOneOfSeveralServices_isATaskOfThatOne() {
        sandbox.addService("worker", 1);
        behave(Script.GOOD.exiting(Duration.ofSeconds(1), 1));
        EcsSettings both = SettingsText.of(
                "region: " + sandbox.region(),
                "endpoint: " + sandbox.endpoint(),
                "cluster: app-dev",
                "services: [worker, puma]");
        OneOffTask ofTheOther =
                new OneOffTask(List.of("true"), Optional.of("puma"), Optional.empty(), Optional.empty(), Map.of());
        OneOffTask ofNone =
                new OneOffTask(List.of("true"), Optional.of("pum"), Optional.empty(), Optional.empty(), Map.of());

        try (Deployer several = deployer(both)) {
            several.run("staging", ofTheOther, CancellationToken.create());

            assertThat(oneOffs(DesiredStatus.STOPPED))
                    .singleElement()
                    .satisfies(task -> assertThat(task.taskDefinitionArn())
                            .isEqualTo(gateway().service("puma").taskDefinition()));
            assertThatThrownBy(() -> several.run("staging", ofNone, CancellationToken.create()))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage("the target has no service 'pum'");
        }
    }

    @Test
    void scale_waitsUntilTheTasksServe() {
        OperationReport report = deployer.scale("staging", 3, Optional.empty(), CancellationToken.create());

        assertThat(report.failure()).isEmpty();
        assertThat(report.units())
                .singleElement()
                .satisfies(unit -> assertThat(unit.detail()).isEqualTo("1 -> 3"));
        assertThat(gateway().service("puma").runningCount()).isEqualTo(3);
        assertThat(gateway().tasks().of("puma", DesiredStatus.RUNNING))
                .hasSize(3)
                .allMatch(TaskView::serves);
    }

    /** What a comparison shows of it. */
    @Test
    void scale_tellsWhatTheNewTasksAloneDid() {
        deployer.scale("staging", 3, Optional.empty(), CancellationToken.create());

        Map<String, List<Lane.Span>> lanes = events.stream()
                .filter(DeployEvent.LaneChanged.class::isInstance)
                .map(event -> ((DeployEvent.LaneChanged) event).lane())
                .collect(Collectors.toMap(Lane::unit, Lane::spans, (earlier, later) -> later));
        assertThat(lanes)
                .hasSize(2)
                .allSatisfy((task, spans) -> assertThat(spans)
                        .extracting(Lane.Span::name)
                        .containsSubsequence("placing", "pulling", "starting"));
    }

    @Test
    void scale_toNothing_endsWhenTheTasksAreGone() {
        assertThat(deployer.scale("staging", 0, Optional.empty(), CancellationToken.create())
                        .failure())
                .isEmpty();
        assertThat(gateway().service("puma").runningCount()).isZero();
    }

    @Test
    void scale_whenTheNewTasksFail_saysWhy() {
        behave(Script.GOOD.exiting(Duration.ZERO, 9));

        OperationReport report = deployer.scale("staging", 4, Optional.empty(), CancellationToken.create());

        assertThat(report.failure().orElseThrow())
                .hasMessageContaining("new tasks of service puma stopped")
                .hasMessageContaining("exited with 9");
    }

    @Test
    void scale_belowZeroOrOfAnotherService_isRefused() {
        assertThatThrownBy(() -> deployer.scale("staging", -1, Optional.empty(), CancellationToken.create()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("a service cannot have -1 tasks");
        assertThatThrownBy(() -> deployer.scale("staging", 1, Optional.of("web"), CancellationToken.create()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("the target has no service 'web'");
    }

    @Test
    void lock_isRefusedWithWhatStandsForIt() {
        assertThatThrownBy(() -> deployer.lock("staging", Optional.empty(), CancellationToken.create()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("target 'staging', of type 'ecs', cannot be locked");
    }
}
