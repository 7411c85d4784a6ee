package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.BuildException;
import io.deployflow.CancellationToken;
import io.deployflow.ConfigurationException;
import io.deployflow.DeployCancelledException;
import io.deployflow.DeployException;
import io.deployflow.Deployer;
import io.deployflow.Phase;
import io.deployflow.Release;
import io.deployflow.Report;
import io.deployflow.RolloutException;
import io.deployflow.Status;
import io.deployflow.TargetLockedException;
import io.deployflow.UnitResult;
import io.deployflow.event.DeployEvent;
import io.deployflow.sandbox.Sandbox;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deploys to a service whose tasks are real containers behind a real load balancer. */
class EcsDeployIT {
    private static Sandbox sandbox;

    @TempDir
    private Path source;

    private Story story;
    private ServiceByHand service;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.builder().ecsService(true).start();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @BeforeEach
    void begin() {
        story = new Story(sandbox, source);
        service = new ServiceByHand(story.ecs(), sandbox.registry());
    }

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void deploy_ofAHealthyRelease_servesItAndRecordsIt() {
        Report report = story.write("greeting", "first").deploy().orThrow();

        assertThat(story.served()).startsWith("first ");
        assertThat(report.units()).hasSize(2).allMatch(unit -> unit.state() == UnitResult.State.SWITCHED);
        assertThat(phases(report)).containsSequence(Phase.BUILD, Phase.PUSH, Phase.ROLLOUT);
        assertThat(states()).contains("healthy");
        Status status = look(deployer -> deployer.status("containers"));
        assertThat(status.live().orElseThrow().id())
                .isEqualTo(report.release().orElseThrow().id());
        assertThat(status.live().orElseThrow().createdBy()).isEqualTo("alice@laptop");
        assertThat(status.notices()).isEmpty();
    }

    @Test
    void deploy_ofTheSameSourceAgain_registersAndUpdatesNothing() {
        story.write("greeting", "again").deploy().orThrow();
        story.forgetCalls();

        Report second = story.deploy().orThrow();

        assertThat(second.units()).allMatch(unit -> unit.state() == UnitResult.State.UNCHANGED);
        assertThat(story.calls()).doesNotContain("RegisterTaskDefinition").doesNotContain("UpdateService");
    }

    @Test
    void deploy_whenTheReleaseCrashes_restoresAndShowsItsLastLines() {
        story.write("greeting", "sound").deploy().orThrow();

        Report report = story.write("mode", "crash").deploy();

        assertThat(report.outcome()).isEqualTo(Report.Outcome.RESTORED);
        DeployException failure = report.failure().orElseThrow();
        assertThat(failure)
                .isInstanceOf(RolloutException.class)
                .hasMessageContaining("exited with 3")
                .hasMessageContaining("cannot find the table orders");
        assertThat(failure.remedy()).isNotEmpty();
        assertThat(story.served()).startsWith("sound ");
        assertThat(stateOf(report.release().orElseThrow().id())).isEqualTo(Release.State.FAILED);
    }

    @Test
    void deploy_whenTheReleaseIsUnhealthy_restoresAndNamesTheHealthCheck() {
        story.write("greeting", "sound").deploy().orThrow();

        Report report = story.write("mode", "unhealthy").deploy();

        assertThat(report.outcome()).isEqualTo(Report.Outcome.RESTORED);
        assertThat(report.failure().orElseThrow())
                .hasMessageContaining("health checks")
                .hasMessageContaining("codes: [500]");
        assertThat(story.served()).startsWith("sound ");
    }

    @Test
    void deploy_whenAStepOfTheDockerfileFails_showsTheStepAndTouchesNothing() {
        story.write("Dockerfile", "FROM debian:bookworm-slim\nRUN echo compiling && false\n");
        story.forgetCalls();

        Report report = story.deploy();

        assertThat(report.outcome()).isEqualTo(Report.Outcome.UNCHANGED);
        assertThat(report.failure().orElseThrow())
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("Step 2/")
                .hasMessageContaining("compiling");
        assertThat(story.calls()).doesNotContain("RegisterTaskDefinition");
    }

    @Test
    void deploy_ofAnUnknownContainer_namesThoseThereAreBeforeItBuilds() {
        story.more = List.of("container: ap");

        Report report = story.deploy();

        assertThat(report.failure().orElseThrow())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no container 'ap'; it has: app");
        assertThat(phases(report)).doesNotContain(Phase.BUILD);
    }

    @Test
    void rollback_goesToTheReleaseBefore() {
        story.write("greeting", "older").deploy().orThrow();
        String older = story.served();
        story.write("greeting", "newer").deploy().orThrow();

        Report report = look(deployer -> deployer.rollback("containers")).orThrow();

        assertThat(report.outcome()).isEqualTo(Report.Outcome.DEPLOYED);
        assertThat(story.served()).isEqualTo(older);
    }

    @Test
    void rollback_toAnImageThatIsGone_restoresAndSaysSo() {
        story.write("greeting", "there").deploy().orThrow();
        String gone = service.register("organization/app@sha256:" + "0".repeat(64));

        Report report =
                look(deployer -> deployer.rollback("containers", Optional.of(gone), CancellationToken.create()));

        assertThat(report.outcome()).isEqualTo(Report.Outcome.RESTORED);
        assertThat(report.failure().orElseThrow()).hasMessageContaining("CannotPullContainerError");
        assertThat(story.served()).startsWith("there ");
    }

    @Test
    void deploy_whileSomebodyElseDeploys_isRefusedByDefault() {
        story.write("greeting", "mine").deploy().orThrow();
        service.update(service.register(service.liveImage()));

        Report report = story.write("greeting", "late").deploy();

        assertThat(report.outcome()).isEqualTo(Report.Outcome.UNCHANGED);
        assertThat(report.failure().orElseThrow())
                .isInstanceOf(TargetLockedException.class)
                .hasMessageContaining("by somebody without deployflow");

        story.more = List.of("container: app", "timeout: 2m", "in_flight: wait");
        story.deploy().orThrow();
        assertThat(story.served()).startsWith("late ");
    }

    @Test
    void deploy_afterAKilledDeploy_waitsForWhatItLeftAndSucceeds() {
        Report first = story.write("greeting", "one").deploy().orThrow();
        story.write("greeting", "two").deploy().orThrow();
        service.update(first.release().orElseThrow().id());

        Status meanwhile = look(deployer -> deployer.status("containers"));
        story.write("greeting", "three").deploy().orThrow();

        assertThat(meanwhile.notices()).anyMatch(notice -> notice.contains("in flight"));
        assertThat(story.served()).startsWith("three ");
    }

    @Test
    void status_afterADeployThatEndedBetweenPushAndRollout_namesWhatWasLeft() {
        story.write("greeting", "live").deploy().orThrow();
        story.fault("UpdateService", "denied", 1);
        Report report = story.write("greeting", "left").deploy();

        assertThat(report.outcome()).isEqualTo(Report.Outcome.RESTORED);
        assertThat(look(deployer -> deployer.status("containers")).notices())
                .anyMatch(notice -> notice.contains("never rolled out"));
        story.deploy().orThrow();
        assertThat(story.served()).startsWith("left ");
    }

    @Test
    void deploy_whereServiceDeploymentsMayNotBeRead_judgesByTheServicesOwn() {
        story.fault("ListServiceDeployments", "denied", 1000);

        story.write("greeting", "narrow").deploy().orThrow();
        Report broken = story.write("mode", "crash").deploy();

        assertThat(broken.outcome()).isEqualTo(Report.Outcome.RESTORED);
        assertThat(story.served()).startsWith("narrow ");
    }

    @Test
    void deploy_whileAwsThrottles_goesOn() {
        story.onEvent = event -> {
            if (event instanceof DeployEvent.PhaseStarted started && started.phase() == Phase.ROLLOUT) {
                story.fault("DescribeServices", "throttle", 2);
            }
        };

        story.write("greeting", "patient").deploy().orThrow();

        assertThat(story.served()).startsWith("patient ");
    }

    @Test
    void deploy_whenCancelledDuringTheRollout_restores() {
        story.write("greeting", "stays").deploy().orThrow();
        CancellationToken token = CancellationToken.create();
        story.onEvent = event -> {
            if (event instanceof DeployEvent.Progress progress && progress.phase() == Phase.ROLLOUT) {
                token.cancel();
            }
        };

        Report report = story.write("greeting", "goes").deploy(token);

        assertThat(report.outcome()).isEqualTo(Report.Outcome.RESTORED);
        assertThat(report.failure().orElseThrow()).isInstanceOf(DeployCancelledException.class);
        assertThat(story.served()).startsWith("stays ");
    }

    @Test
    void deploy_toAServiceOfNoTasks_setsTheReleaseAndSaysThatNothingShowsIt() {
        story.write("greeting", "awake").deploy().orThrow();
        service.scale(0);
        try {
            Report report = story.write("greeting", "asleep").deploy().orThrow();

            assertThat(report.warnings()).anyMatch(warning -> warning.contains("0 tasks"));
            assertThat(TaskDefinitions.id(service.live()))
                    .isEqualTo(report.release().orElseThrow().id());
        } finally {
            service.scale(2);
        }
    }

    @Test
    void deploy_whenTheAnswerToTheUpdateIsLost_rollsOutOnce() {
        story.write("greeting", "known").deploy().orThrow();
        story.fault("UpdateService", "drop_answer", 1);

        story.write("greeting", "lost").deploy().orThrow();

        assertThat(story.served()).startsWith("lost ");
    }

    private List<Phase> phases(Report report) {
        return report.timeline().rows().stream().map(row -> row.phase()).toList();
    }

    private List<String> states() {
        return story.events.stream()
                .filter(DeployEvent.UnitChanged.class::isInstance)
                .map(event -> ((DeployEvent.UnitChanged) event).state())
                .distinct()
                .toList();
    }

    private <T> T look(Function<Deployer, T> question) {
        try (Deployer deployer = story.deployer()) {
            return question.apply(deployer);
        }
    }

    private Release.State stateOf(String id) {
        return look(deployer -> deployer.releases("containers")).stream()
                .filter(release -> release.id().equals(id))
                .findFirst()
                .orElseThrow()
                .state();
    }
}
