package io.deployflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.spi.RolloutResult;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of what was live where a deploy fails. */
class DeployFailureTest extends Deployers {
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
    void deploy_whenItIsCancelledAfterThePush_leavesItsReleaseStaged() {
        CancellationToken token = CancellationToken.create();
        adapter.notRestored = Optional.of(new NotRestoredException("app2: cannot be put back", ""));
        adapter.hooks.put("push", token::cancel);

        Report report = deployer().deploy("staging", DeployOptions.defaults().withCancellation(token));

        assertThat(report.outcome()).isEqualTo(Report.Outcome.NOT_RESTORED);
        assertThat(report.release()).map(Release::state).contains(Release.State.STAGED);
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
    void deploy_whenTheBuildFailsOfBeingCancelled_saysCancelledAndKeepsWhatItSaid() {
        CancellationToken token = CancellationToken.create();
        BuildException interrupted = new BuildException("git ended with 130", "");
        adapter.hooks.put("build", () -> {
            token.cancel();
            throw interrupted;
        });

        Report report = deployer().deploy("staging", DeployOptions.defaults().withCancellation(token));

        assertThat(report.outcome()).isEqualTo(Report.Outcome.UNCHANGED);
        assertThat(report.failure().orElseThrow())
                .isInstanceOf(DeployCancelledException.class)
                .hasSuppressedException(interrupted);
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
}
