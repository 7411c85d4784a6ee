package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.CancellationToken;
import io.deployflow.Lane;
import io.deployflow.Lane.End;
import io.deployflow.PastRollout;
import io.deployflow.Release;
import io.deployflow.Timeline;
import io.deployflow.ecs.SimulatedService.Shape;
import io.deployflow.event.DeployEvent;
import io.deployflow.sandbox.Sandbox;
import io.deployflow.sandbox.SimulatedSandbox;
import io.deployflow.sandbox.simulated.Script;
import io.deployflow.spi.DeployContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.Service;

/** What is told of tasks while they are replaced, and what can be told of it afterwards; in virtual time. */
class TaskLanesTest {
    private static final TaskNames NAMES = new TaskNames(false);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Shape SHAPE = new Shape("puma", 2, 100, 200, Optional.of(20), Optional.empty(), Script.GOOD);

    private final SimulatedSandbox sandbox = Sandbox.simulated().start();
    private final AwsClients clients = QuickClients.of(
            SettingsText.of("endpoint: " + sandbox.endpoint(), "cluster: app-dev", "region: " + sandbox.region()));
    private final SimulatedService service = new SimulatedService(sandbox, clients, SHAPE, Duration.ofMillis(250));
    private final Map<String, Lane> lanes = new LinkedHashMap<>();

    @BeforeAll
    static void credentials() {
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
    }

    @AfterEach
    void close() {
        clients.close();
        sandbox.close();
    }

    @Test
    void show_fromLookToLook_tellsEveryStepOfNewAndOldTasks() {
        watch(sandbox.clock());

        List<Lane> up = lanes.values().stream().filter(lane -> !lane.replaced()).toList();
        List<Lane> down = lanes.values().stream().filter(Lane::replaced).toList();
        assertThat(up).hasSize(2).allSatisfy(lane -> {
            assertThat(names(lane)).containsExactly("placing", "pulling", "starting", "becoming healthy", "serving");
            assertThat(lane.group()).isEqualTo("puma");
            assertThat(lane.release()).isEqualTo("puma:2");
            assertThat(span(lane, "pulling").took()).isEqualTo(Duration.ofSeconds(2));
            assertThat(span(lane, "becoming healthy").took()).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(5));
            assertThat(span(lane, "serving").end()).isEqualTo(End.OPEN);
        });
        assertThat(down).hasSize(2).allSatisfy(lane -> {
            assertThat(names(lane)).containsExactly("serving", "draining", "stopping");
            assertThat(lane.release()).isEqualTo("puma:1");
            assertThat(span(lane, "draining").took()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(22));
            assertThat(span(lane, "stopping").end()).isEqualTo(End.DONE);
        });
    }

    @Test
    void show_whereTheClocksDiffer_tellsInstantsByTheClockOfWhoeverDeploys() {
        Instant begun = sandbox.clock().instant();

        watch(Clock.offset(sandbox.clock(), Duration.ofMinutes(5)));

        assertThat(lanes.values())
                .flatExtracting(Lane::spans)
                .allSatisfy(span -> assertThat(span.start())
                        .isBetween(begun.plus(Duration.ofMinutes(5)), begun.plus(Duration.ofMinutes(7))));
    }

    @Test
    void show_ofATaskThatCrashes_marksTheStepInWhichItDid() {
        watch(sandbox.clock(), Script.GOOD.exiting(Duration.ofMillis(1500), 3), 25);

        assertThat(lanes.values())
                .filteredOn(lane -> !lane.replaced())
                .isNotEmpty()
                .anySatisfy(
                        lane -> assertThat(span(lane, "becoming healthy").end()).isEqualTo(End.FAILED));
    }

    @Test
    void past_afterwards_tellsTheSameButForWhatNobodySaw() {
        service.rollOut();

        List<PastRollout> past = past();

        assertThat(past).hasSize(2);
        PastRollout last = past.get(0);
        assertThat(last.outcome()).isEqualTo(PastRollout.Outcome.DEPLOYED);
        assertThat(last.release().id()).isEqualTo("puma:2");
        assertThat(last.timeline().shares()).first().satisfies(share -> {
            assertThat(share.name()).isEqualTo("draining");
            assertThat(share.took()).isEqualTo(Duration.ofSeconds(20));
        });
        assertThat(last.timeline().lanes()).extracting(Lane::replaced).containsExactly(false, false, true, true);
        assertThat(names(last.timeline().lanes().get(0)))
                .containsExactly("placing", "pulling", "starting", "becoming healthy", "serving");
        assertThat(names(last.timeline().lanes().get(2))).containsExactly("serving", "draining", "stopping");
        assertThat(past.get(1).timeline().lanes()).extracting(Lane::replaced).containsExactly(false, false);
        assertThat(last.timeline().total()).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(60));
    }

    @Test
    void past_whereEcsOwnRecordsMayNotBeRead_hasTheNewestDeploymentAlone() {
        service.rollOut();
        SandboxFaults.deny(sandbox.endpoint(), "ListServiceDeployments");

        assertThat(past())
                .singleElement()
                .satisfies(rollout -> assertThat(rollout.timeline().shares().get(0))
                        .isEqualTo(new Timeline.Share("draining", Duration.ofSeconds(20))));
    }

    private List<PastRollout> past() {
        return new PastRollouts(clients, NAMES, any -> service.tasks(), TaskLanesTest::release)
                .of(service.service(), sandbox.clock().instant());
    }

    private static Release release(String arn) {
        return new NamedRelease(TaskDefinitions.id(arn));
    }

    private void watch(Clock clock) {
        watch(clock, Script.GOOD, 60);
    }

    private void watch(Clock clock, Script script, int looks) {
        DeployContext context = context(clock);
        Deployment ours = ServiceView.primary(service.begin(script)).orElseThrow();
        Attempt attempt = new Attempt(
                "puma", ours.taskDefinition(), ours.id(), Optional.of(ours.createdAt()), List.of(), Optional.empty());
        TaskProgress told = new TaskProgress(attempt, NAMES, Pace.REAL, context);
        TargetHealth health = new TargetHealth(clients);
        for (int look = 0; look < looks; look++) {
            sandbox.advance(LOOK);
            Service now = service.service();
            told.show(service.tasks(), health.read(now, context));
        }
    }

    private DeployContext context(Clock clock) {
        return Contexts.ofRollout(
                event -> {
                    if (event instanceof DeployEvent.LaneChanged changed) {
                        lanes.put(changed.lane().unit(), changed.lane());
                    }
                },
                CancellationToken.create(),
                clock);
    }

    private static List<String> names(Lane lane) {
        return lane.spans().stream().map(Lane.Span::name).toList();
    }

    private static Lane.Span span(Lane lane, String name) {
        return lane.spans().stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
