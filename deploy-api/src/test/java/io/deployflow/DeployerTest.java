package io.deployflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.event.DeployEvent;
import io.deployflow.spi.LocalCommand;
import io.deployflow.spi.RolloutResult;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployerTest {
    private final FakeAdapter adapter = new FakeAdapter();
    private final List<DeployEvent> events = new ArrayList<>();
    private final List<Deployer> opened = new ArrayList<>();

    @TempDir
    Path source;

    @AfterEach
    void close() {
        opened.forEach(Deployer::close);
    }

    @Test
    void deploy_whenAllGoesWell_runsThePhasesInOrderAndUnlocks() {
        Report report = deployer().deploy("staging");

        assertThat(adapter.calls)
                .containsExactly("preflight", "build", "push", "rollout 2", "cleanup", "unlock", "close");
        assertThat(report.outcome()).isEqualTo(Report.Outcome.DEPLOYED);
        assertThat(report.timeline().rows())
                .extracting(Timeline.Row::phase)
                .containsExactly(Phase.PREFLIGHT, Phase.BUILD, Phase.PUSH, Phase.ROLLOUT, Phase.CLEANUP);
        assertThat(report.release()).map(Release::id).contains("2");
        assertThat(report.release()).map(Release::state).contains(Release.State.LIVE);
        assertThat(report.previous()).map(Release::id).contains("1");
        assertThat(report.previous()).map(Release::state).contains(Release.State.GOOD);
    }

    @Test
    void deploy_whenItFails_reportsWhatUnitsDidAllTheSame() {
        adapter.push = context -> context.span("app1", "stage", () -> {
            throw new PushException("disk full", "");
        });

        Timeline timeline = deployer().deploy("staging").timeline();

        assertThat(timeline.lanes()).singleElement().satisfies(lane -> {
            assertThat(lane.unit()).isEqualTo("app1");
            assertThat(lane.spans()).extracting(Lane.Span::name).containsExactly("stage");
            assertThat(lane.spans()).extracting(Lane.Span::end).containsExactly(Lane.End.FAILED);
            assertThat(lane.spans().get(0).start()).isAfterOrEqualTo(timeline.begun());
        });
    }

    @Test
    void past_ofATargetThatKeepsNoTimes_isEmpty() {
        assertThat(deployer().past("staging")).isEmpty();
    }

    @Test
    void deploy_whileTheTargetIsReached_preparesTheBuildAndBuildsOnceThatHasEnded() throws Exception {
        CountDownLatch preflight = new CountDownLatch(1);
        adapter.hooks.put("preflight", preflight::countDown);
        adapter.prepare = () -> {
            await(preflight);
            adapter.calls.add("prepared");
        };

        assertThat(deployer().deploy("staging").outcome()).isEqualTo(Report.Outcome.DEPLOYED);

        assertThat(adapter.calls).startsWith("preflight", "prepared", "build");
    }

    @Test
    void deploy_whenPreparingFails_leavesItToTheBuild() {
        adapter.prepare = () -> {
            throw new BuildException("disk full", "");
        };

        assertThat(deployer().deploy("staging").outcome()).isEqualTo(Report.Outcome.DEPLOYED);
    }

    @Test
    void deploy_whenPreflightFails_waitsUntilNothingIsPreparedAnyMore() {
        CountDownLatch preflight = new CountDownLatch(1);
        adapter.prepare = () -> {
            await(preflight);
            adapter.calls.add("prepared");
        };
        adapter.hooks.put("preflight", () -> {
            preflight.countDown();
            throw new TargetLockedException("staging is locked by bob", "Wait.");
        });

        assertThat(deployer().deploy("staging").outcome()).isEqualTo(Report.Outcome.UNCHANGED);

        assertThat(adapter.calls).containsExactly("preflight", "prepared", "close");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void deploy_whenPreflightFails_changesNothingAndHasNothingToUnlock() {
        adapter.hooks.put("preflight", () -> {
            throw new TargetLockedException("staging is locked by bob", "Wait.");
        });

        Report report = deployer().deploy("staging");

        assertThat(adapter.calls).containsExactly("preflight", "close");
        assertThat(report.outcome()).isEqualTo(Report.Outcome.UNCHANGED);
        assertThat(report.failure()).containsInstanceOf(TargetLockedException.class);
    }

    @Test
    void deploy_whenTheRevisionIsNotThere_doesNotEvenTakeTheLock() {
        Report report = deployer().deploy("staging", DeployOptions.defaults().withRevision("nope"));

        assertThat(adapter.calls).containsExactly("close");
        assertThat(report.failure()).containsInstanceOf(ConfigurationException.class);
    }

    @Test
    void deploy_whenWhatAKilledOneLeftCannotBeTakenBack_doesNotSayThatNothingIsWrong() {
        adapter.hooks.put("preflight", () -> {
            throw new NotRestoredException("app2: does not answer any more", "");
        });

        Report report = deployer().deploy("staging");

        assertThat(report.outcome()).isEqualTo(Report.Outcome.NOT_RESTORED);
        assertThat(report.failure().orElseThrow()).hasMessage("app2: does not answer any more");
    }

    @Test
    void deploy_whenTheBuildFailsAfterThat_namesBoth() {
        adapter.notRestored = Optional.of(new NotRestoredException("app2: cannot be put back", ""));
        adapter.hooks.put("build", () -> {
            throw new BuildException("step 3 failed", "");
        });

        Report report = deployer().deploy("staging");

        assertThat(adapter.calls).containsExactly("preflight", "build", "unlock", "close");
        assertThat(report.outcome()).isEqualTo(Report.Outcome.NOT_RESTORED);
        assertThat(report.failure().orElseThrow())
                .hasMessageContaining("step 3 failed")
                .hasMessageContaining("app2: cannot be put back");
    }

    @Test
    void deploy_whenTheBuildFails_unlocksAndLeavesWhatIsLive() {
        adapter.hooks.put("build", () -> {
            throw new BuildException("step 3 failed", "");
        });

        Report report = deployer().deploy("staging");

        assertThat(adapter.calls).containsExactly("preflight", "build", "unlock", "close");
        assertThat(report.outcome()).isEqualTo(Report.Outcome.UNCHANGED);
        assertThatThrownBy(report::orThrow).isInstanceOf(BuildException.class);
    }

    @Test
    void deploy_whenTheRolloutFails_putsBackWhatWasLive() {
        adapter.rollout = RolloutResult.failed(List.of(), new RolloutException("unhealthy", ""));

        Report report = deployer().deploy("staging");

        assertThat(adapter.calls)
                .containsExactly("preflight", "build", "push", "rollout 2", "rollback", "unlock", "close");
        assertThat(report.outcome()).isEqualTo(Report.Outcome.RESTORED);
        assertThat(report.units()).extracting(UnitResult::state).containsExactly(UnitResult.State.RESTORED);
        assertThat(report.failure().orElseThrow()).hasMessage("unhealthy");
        assertThat(report.release()).map(Release::state).contains(Release.State.FAILED);
        assertThat(report.previous()).map(Release::state).contains(Release.State.LIVE);
    }

    @Test
    void deploy_whenTheRolloutThrowsAnything_putsBackWhatWasLive() {
        adapter.hooks.put("rollout", () -> {
            throw new NoClassDefFoundError("gone");
        });

        Report report = deployer().deploy("staging");

        assertThat(adapter.calls).contains("rollback", "unlock");
        assertThat(report.outcome()).isEqualTo(Report.Outcome.RESTORED);
        assertThat(report.failure()).containsInstanceOf(RolloutException.class);
    }

    @Test
    void deploy_whenAnotherDeployCameFirst_saysLockedAndNotFailed() {
        adapter.hooks.put("rollout", () -> {
            throw new TargetLockedException("bob deploys", "Wait.");
        });

        assertThat(deployer().deploy("staging").failure()).containsInstanceOf(TargetLockedException.class);
    }

    @Test
    void deploy_whenWhatWasLiveCannotBePutBack_saysBothReasons() {
        adapter.rollout = RolloutResult.failed(List.of(), new RolloutException("unhealthy", ""));
        adapter.rollback = RolloutResult.failed(List.of(), new RolloutException("host is gone", "Look at host."));

        Report report = deployer().deploy("staging");

        assertThat(report.outcome()).isEqualTo(Report.Outcome.NOT_RESTORED);
        assertThat(report.failure()).containsInstanceOf(NotRestoredException.class);
        assertThat(report.failure().orElseThrow())
                .hasMessageContaining("unhealthy")
                .hasMessageContaining("host is gone");
    }

    @Test
    void deploy_whenVerificationDoesNotPass_putsBackWhatWasLive() {
        Verification closedPort = new Verification(
                Optional.of(URI.create("http://127.0.0.1:1/")),
                Optional.empty(),
                Optional.empty(),
                Duration.ofMillis(50));

        Report report = deployer(Optional.of(closedPort)).deploy("staging");

        assertThat(report.outcome()).isEqualTo(Report.Outcome.RESTORED);
        assertThat(report.timeline().rows())
                .extracting(Timeline.Row::phase)
                .containsSubsequence(Phase.ROLLOUT, Phase.VERIFY, Phase.ROLLBACK);
        assertThat(report.failure().orElseThrow()).hasMessageContaining("http://127.0.0.1:1/");
    }

    @Test
    void deploy_whenCancelledDuringTheRollout_putsBackToTheEndAndSaysCancelled() {
        CancellationToken token = CancellationToken.create();
        adapter.hooks.put("rollout", () -> {
            token.cancel();
            token.throwIfCancelled();
        });

        Report report = deployer().deploy("staging", DeployOptions.defaults().withCancellation(token));

        assertThat(report.outcome()).isEqualTo(Report.Outcome.RESTORED);
        assertThat(report.failure()).containsInstanceOf(DeployCancelledException.class);
    }

    @Test
    void deploy_whenCancelledDuringTheBuild_neverPushes() {
        CancellationToken token = CancellationToken.create();
        adapter.hooks.put("build", token::cancel);

        Report report = deployer().deploy("staging", DeployOptions.defaults().withCancellation(token));

        assertThat(adapter.calls).containsExactly("preflight", "build", "unlock", "close");
        assertThat(report.failure()).containsInstanceOf(DeployCancelledException.class);
    }

    @Test
    void deploy_whenCleanupFails_isStillDeployedAndWarns() {
        adapter.hooks.put("cleanup", () -> {
            throw new PushException("disk is read-only", "");
        });

        Report report = deployer().deploy("staging");

        assertThat(report.outcome()).isEqualTo(Report.Outcome.DEPLOYED);
        assertThat(report.warnings()).containsExactly("cleanup failed: disk is read-only");
        assertThat(adapter.calls).contains("unlock");
    }

    @Test
    void deploy_always_tellsStartAndEndOfEveryPhaseOnce() {
        deployer().deploy("staging");

        assertThat(events)
                .filteredOn(event -> event instanceof DeployEvent.PhaseStarted)
                .hasSize(5);
        assertThat(events)
                .filteredOn(event -> event instanceof DeployEvent.PhaseFinished)
                .hasSize(5);
    }

    @Test
    void deploy_whenAListenerThrows_goesOn() {
        Deployer deployer = keep(builder(Optional.empty())
                .listener(event -> {
                    throw new IllegalStateException("listener");
                })
                .build());

        assertThat(deployer.deploy("staging").outcome()).isEqualTo(Report.Outcome.DEPLOYED);
    }

    @Test
    void deploy_whenTheTargetIsNotKnown_namesThoseThatAre() {
        Deployer deployer = deployer();

        assertThatThrownBy(() -> deployer.deploy("stagin"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("there is no target 'stagin'")
                .extracting(thrown -> ((DeployException) thrown).remedy())
                .isEqualTo("The targets are: staging.");
    }

    @Test
    void rollback_whenNoneIsNamed_goesToTheNewestGoodOneBeforeTheLive() {
        adapter.history = List.of(
                new FakeRelease("6", Release.State.STAGED),
                new FakeRelease("5", Release.State.GOOD),
                new FakeRelease("4", Release.State.LIVE),
                new FakeRelease("3", Release.State.FAILED),
                new FakeRelease("2", Release.State.GOOD),
                new FakeRelease("1", Release.State.GOOD));

        deployer().rollback("staging");

        assertThat(adapter.calls).containsExactly("preflight", "rollout 2", "cleanup", "unlock", "close");
    }

    @Test
    void rollback_whenPreflightHasTakenBackAKilledDeploy_goesNoFurther() {
        adapter.units = List.of(new Status.Unit("app1", "3", true, ""), new Status.Unit("app2", "2", true, ""));
        adapter.history = List.of(
                new FakeRelease("3", Release.State.FAILED),
                new FakeRelease("2", Release.State.LIVE),
                new FakeRelease("1", Release.State.GOOD));

        Report report = deployer().rollback("staging");

        assertThat(adapter.calls).contains("rollout 2");
        assertThat(report.warnings()).singleElement().asString().contains("taken back already: 2");
    }

    @Test
    void rollback_whenANewerReleaseHasOnlyBeenStaged_goesToTheOneBeforeTheLive() {
        adapter.units = List.of(new Status.Unit("app1", "2", true, ""));
        adapter.history = List.of(
                new FakeRelease("3", Release.State.STAGED),
                new FakeRelease("2", Release.State.LIVE),
                new FakeRelease("1", Release.State.GOOD));

        deployer().rollback("staging");

        assertThat(adapter.calls).contains("rollout 1");
    }

    @Test
    void rollback_whenTheNamedOneIsBroken_refusesAndNamesWholeOnes() {
        adapter.history = List.of(new FakeRelease("2", Release.State.LIVE), new FakeRelease("1", Release.State.BROKEN));

        Report report = deployer().rollback("staging", Optional.of("1"), CancellationToken.create());

        assertThat(report.failure()).containsInstanceOf(ConfigurationException.class);
        assertThat(report.failure().orElseThrow().remedy()).contains("2").doesNotContain("1");
        assertThat(adapter.calls).containsExactly("preflight", "unlock", "close");
    }

    @Test
    void rollback_whenThereIsNoEarlierGoodOne_saysSo() {
        Report report = deployer().rollback("staging");

        assertThat(report.failure().orElseThrow()).hasMessageContaining("no earlier good release");
    }

    @Test
    void deployAndPlan_whenNotAllIsCommitted_warnOnce() throws IOException {
        String commit = "git init -q . && echo 1 > a && git add . && git commit -qm one && echo 2 > a";
        String warning = "1 uncommitted change is not deployed: HEAD is";
        Map<String, String> author = Map.of(
                "GIT_AUTHOR_NAME", "me",
                "GIT_AUTHOR_EMAIL", "me@example.org",
                "GIT_COMMITTER_NAME", "me",
                "GIT_COMMITTER_EMAIL", "me@example.org");
        assertThat(LocalCommand.shell(commit, source, author).run(line -> {}, CancellationToken.create()))
                .isZero();

        assertThat(deployer().deploy("staging").warnings()).containsExactly(warning);
        events.clear();
        deployer().plan("staging", DeployOptions.defaults());

        assertThat(events)
                .filteredOn(DeployEvent.Warning.class::isInstance)
                .extracting(event -> ((DeployEvent.Warning) event).message())
                .containsExactly(warning);
    }

    @Test
    void plan_whenAsked_changesNothing() {
        Plan plan = deployer().plan("staging", DeployOptions.defaults());

        assertThat(adapter.calls).containsExactly("plan", "close");
        assertThat(plan.target()).isEqualTo("staging");
    }

    @Test
    void status_whenAsked_saysWhatIsLive() {
        assertThat(deployer().status("staging").live()).map(Release::id).contains("1");
    }

    private Deployer deployer() {
        return deployer(Optional.empty());
    }

    private Deployer deployer(Optional<Verification> verification) {
        return keep(builder(verification).build());
    }

    private Deployer.Builder builder(Optional<Verification> verification) {
        return Deployer.builder()
                .application(new Application("shop", source))
                .adapter(adapter)
                .listener(events::add)
                .target(new Target("staging", "fake", new FakeAdapter.Settings("here"), verification));
    }

    private Deployer keep(Deployer deployer) {
        opened.add(deployer);
        return deployer;
    }
}
