package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.ConfigurationException;
import io.deployflow.DeployException;
import io.deployflow.NotRestoredException;
import io.deployflow.Phase;
import io.deployflow.PushException;
import io.deployflow.Report;
import io.deployflow.Report.Outcome;
import io.deployflow.TargetLockedException;
import io.deployflow.UnitResult;
import io.deployflow.event.DeployEvent;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Deploys to three real hosts that fail in the middle of it. */
class SshFailureIT extends RealHosts {

    private void once(Predicate<DeployEvent> when, Runnable action) {
        AtomicBoolean done = new AtomicBoolean();
        story.onEvent = event -> {
            if (when.test(event) && done.compareAndSet(false, true)) {
                action.run();
            }
        };
    }

    private static Predicate<DeployEvent> start(Phase phase) {
        return event -> event instanceof DeployEvent.PhaseStarted && event.phase() == phase;
    }

    @Test
    void deploy_whenAHostFreezesBeforeTheSwitch_leavesEveryHostAsItWas() {
        story.deploy().orThrow();
        story.write("app.txt", "two\n");
        story.settings.connectTimeout = Duration.ofSeconds(5);
        once(start(Phase.ROLLOUT), () -> story.pause(1));
        try {
            Report report = story.deploy();

            assertThat(report.outcome()).isEqualTo(Outcome.RESTORED);
            assertThat(report.failure().orElseThrow()).hasMessageContaining(story.label(1) + ":");
            assertThat(report.units()).extracting(UnitResult::state).containsOnly(UnitResult.State.UNCHANGED);
        } finally {
            story.resume(1);
        }
        assertThat(story.served()).containsExactly("one", "one", "one");
        story.deploy().orThrow();
        assertThat(story.served()).containsExactly("two", "two", "two");
    }

    @Test
    void deploy_whenAHostFreezesAfterTheSwitch_saysThatItCouldNotBePutBack_andTheNextDeployMendsIt() {
        story.deploy().orThrow();
        story.write("app.txt", "two\n");
        story.settings.connectTimeout = Duration.ofSeconds(5);
        story.settings.restart = "echo restarted; grep -q one app.txt || sleep 1000";
        once(event -> event instanceof DeployEvent.Output && event.phase() == Phase.ROLLOUT, () -> story.pause(2));
        story.settings.commandTimeout = Duration.ofSeconds(8);
        try {
            Report report = story.deploy();

            assertThat(report.outcome()).isEqualTo(Outcome.NOT_RESTORED);
            assertThat(report.failure().orElseThrow())
                    .isInstanceOf(NotRestoredException.class)
                    .hasMessageContaining("1 of 3 hosts could not be put back:\n  " + story.label(2));
            assertThat(report.units())
                    .extracting(UnitResult::state)
                    .containsExactly(UnitResult.State.RESTORED, UnitResult.State.RESTORED, UnitResult.State.UNKNOWN);
        } finally {
            story.resume(2);
        }
        story.onEvent = event -> {};
        story.settings.restart = null;
        assertThat(story.served()).containsExactly("one", "one", "two");
        assertThat(story.deployer().status("classic").notices())
                .contains("the hosts serve different releases")
                .anyMatch(notice -> notice.contains("was not confirmed; the next deploy or rollback takes it back"));

        Report next = story.deploy().orThrow();

        assertThat(next.warnings()).anyMatch(warning -> warning.contains(story.label(2) + ": a deploy of"));
        assertThat(story.served()).containsExactly("two", "two", "two");
        assertThat(story.deployer().status("classic").notices()).noneMatch(notice -> notice.contains("not confirmed"));
    }

    @Test
    void deploy_whenEveryConnectionBreaksBeforeTheSwitch_connectsAgainAndTakesTheLockAgain() {
        once(start(Phase.ROLLOUT), () -> {
            for (int host = 0; host < 3; host++) {
                story.dropConnections(host);
            }
        });

        story.deploy().orThrow();

        assertThat(story.served()).containsExactly("one", "one", "one");
    }

    @Test
    void deploy_whenConnectionsBreakDuringTheUpload_failsThePush_andTheNextDeployRemovesWhatIsLeft() {
        story.deploy().orThrow();
        story.write("big.bin", "x".repeat(8_000_000) + Math.random());
        story.settings.build = java.util.List.of("head -c 30000000 /dev/urandom > random.bin");
        once(
                event -> event instanceof DeployEvent.Progress progress && progress.done() > 0,
                () -> story.dropConnections(0));

        Report report = story.deploy();

        assertThat(report.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(report.failure().orElseThrow())
                .isInstanceOf(PushException.class)
                .hasMessageContaining(story.label(0));
        story.onEvent = event -> {};
        story.settings.build = java.util.List.of();
        story.deploy().orThrow();
        assertThat(story.on(0, "ls " + story.settings.deployTo + "/releases")).doesNotContain(".tmp");
    }

    @Test
    void deploy_whenTheDiskIsFull_failsThePushWithTheHostsOwnWords() {
        story.on(1, "mkdir -p " + story.settings.deployTo + "/releases");
        story.settings.build = java.util.List.of("head -c 100000 /dev/zero > zero.bin");
        // As close to a full disk as an ordinary user gets: nothing longer than a block can be written.
        story.on(1, "echo 'ulimit -f 16' >> ~/.bashrc.d; sed -i '1i . ~/.bashrc.d' ~/.bashrc");
        try {
            Report report = story.deploy();

            assertThat(report.outcome()).isEqualTo(Outcome.UNCHANGED);
            assertThat(report.failure().orElseThrow())
                    .isInstanceOf(PushException.class)
                    .hasMessageContaining(story.label(1) + ": staging release");
            assertThat(story.on(1, "ls " + story.settings.deployTo + "/releases"))
                    .isEmpty();
        } finally {
            story.on(1, "sed -i 1d ~/.bashrc");
        }
    }

    @Test
    void deploy_whileAnotherHoldsTheLock_changesNothingAndNamesTheOwner() {
        once(start(Phase.ROLLOUT), () -> {
            Report second = story.deployer().deploy("classic");
            DeployException failure = second.failure().orElseThrow();
            assertThat(failure)
                    .isInstanceOf(TargetLockedException.class)
                    .hasMessageContaining("locked by alice@laptop since")
                    .hasMessageContaining("deploying shop to classic");
            locked.set(true);
        });

        story.deploy().orThrow();

        assertThat(locked).isTrue();
        assertThat(story.on(0, "ls -A " + story.settings.deployTo + "/.deployflow"))
                .isEqualTo("releases");
    }

    private final AtomicBoolean locked = new AtomicBoolean();

    @Test
    void deploy_whenTheLocksHolderIsGone_takesItOverWithAWarning() {
        String lock = story.settings.deployTo + "/.deployflow/lock";
        story.on(
                0,
                "mkdir -p " + lock + "; printf 'another-boot 1 1\\nbob@desk since yesterday\\n' > " + lock + "/owner");

        Report report = story.deploy().orThrow();

        assertThat(report.warnings())
                .containsExactly(story.label(0) + ": took over the lock of bob@desk since yesterday, who is gone");
    }

    @Test
    void deploy_whenCurrentIsADirectory_refusesBeforeAnythingIsChanged() {
        story.on(2, "mkdir -p " + story.settings.deployTo + "/current");

        Report report = story.deploy();

        assertThat(report.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(report.failure().orElseThrow())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(story.label(2) + ": 'current' is not a link: move it away, or deploy to another directory");
        assertThat(story.on(0, "ls " + story.settings.deployTo)).isEmpty();
    }

    @Test
    void deploy_whenDeployToCannotBeWritten_namesEveryHost() {
        story.settings.deployTo = "/srv/elsewhere";

        Report report = story.deploy();

        assertThat(report.failure().orElseThrow())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("/srv/elsewhere cannot be written by deploy");
    }
}
