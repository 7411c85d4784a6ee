package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.Application;
import io.deployflow.CancellationToken;
import io.deployflow.ConfigurationException;
import io.deployflow.DeployCancelledException;
import io.deployflow.Deployer;
import io.deployflow.Lane;
import io.deployflow.LogQuery;
import io.deployflow.OneOffTask;
import io.deployflow.OperationReport;
import io.deployflow.Target;
import io.deployflow.event.DeployEvent;
import io.deployflow.sandbox.Sandbox;
import io.deployflow.sandbox.SimulatedSandbox;
import io.deployflow.sandbox.Timings;
import io.deployflow.sandbox.simulated.Script;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.Task;

/** What people do to a service between deploys, on a sandbox without containers. */
class EcsOperationsTest {
    private final SimulatedSandbox sandbox =
            Sandbox.simulated().clock(Timings.FAST).speed(50).start();
    private final List<DeployEvent> events = new CopyOnWriteArrayList<>();
    private EcsSettings settings;
    private AwsClients clients;
    private Deployer deployer;

    @BeforeEach
    void start() {
        System.setProperty("aws.accessKeyId", "sandbox");
        System.setProperty("aws.secretAccessKey", "sandbox");
        sandbox.addService("puma", 1);
        settings = SettingsText.of(
                "region: " + sandbox.region(),
                "endpoint: " + sandbox.endpoint(),
                "cluster: app-dev",
                "image: { repository: organization/app }",
                "timeout: 1m");
        clients = QuickClients.of(settings);
        deployer = deployer(settings);
    }

    private Deployer deployer(EcsSettings target) {
        return Deployer.builder()
                .application(new Application("shop", Path.of(".")))
                .adapter(new EcsAdapter(Paces.every(Duration.ofMillis(30)), Paces.NO_LIMIT))
                .target(Target.of("staging", "ecs", target))
                .person("alice@laptop")
                .clock(sandbox.clock())
                .listener(events::add)
                .build();
    }

    @AfterEach
    void stop() {
        deployer.close();
        clients.close();
        sandbox.close();
    }

    private EcsGateway gateway() {
        return new EcsGateway(clients, settings);
    }

    /** What containers of the service's image do that start from now on. */
    private void behave(Script script) {
        String arn = gateway().service("puma").taskDefinition();
        sandbox.behave(
                gateway()
                        .taskDefinition(arn)
                        .definition()
                        .containerDefinitions()
                        .get(0)
                        .image(),
                script);
    }

    private List<String> lines() {
        return events.stream()
                .filter(DeployEvent.Output.class::isInstance)
                .map(event -> ((DeployEvent.Output) event).line())
                .toList();
    }

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
    void logs_areOfTheServicesTasksAlone() {
        behave(Script.GOOD.writing("of the service"));
        deployer.scale("staging", 3, Optional.empty(), CancellationToken.create());
        behave(Script.GOOD.writing("of a one-off task").exiting(Duration.ofSeconds(1), 0));
        run(OneOffTask.of("true"));
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

    @Test
    void lock_isRefusedWithWhatStandsForIt() {
        assertThatThrownBy(() -> deployer.lock("staging", Optional.empty(), CancellationToken.create()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("target 'staging', of type 'ecs', cannot be locked");
    }
}
