package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.NotRestoredException;
import io.deployflow.Phase;
import io.deployflow.PushException;
import io.deployflow.Report;
import io.deployflow.Report.Outcome;
import io.deployflow.RolloutException;
import io.deployflow.event.DeployEvent;
import io.deployflow.sandbox.ssh.SshHosts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One of three hosts loses its power in the middle of a deploy: the others end on one release, the report tells of each
 * host what is known of it, and once the host is back the next deploy makes the fleet whole.
 */
@SuppressWarnings("NullAway.Init")
class SurviveDeathIT extends RealHosts {
    private static final int MORTAL = 1;

    private HostPower power;
    private int number;
    private String one;

    @Override
    boolean needsItsOwn() {
        return true;
    }

    @BeforeAll
    void knowTheHosts(@TempDir Path folder) {
        power = new HostPower(new SshHosts(sandbox.sshHosts(), sandbox.identity(), sandbox.knownHosts()), folder);
    }

    @BeforeEach
    void deployOnce() {
        story.reach(power.hosts());
        story.settings.deployTo += number++;
        story.settings.connectTimeout = Duration.ofSeconds(5);
        one = story.deploy().orThrow().release().orElseThrow().id();
        story.write("app.txt", "two\n");
    }

    @Test
    void deploy_whenAHostDiesWhileStaging_changesNothingLive() {
        story.settings.build = java.util.List.of("head -c 40000000 /dev/urandom > random.bin");
        once(event -> event instanceof DeployEvent.Progress progress && progress.done() > 0);

        Report report = story.deploy();

        assertThat(report.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(report.failure().orElseThrow())
                .isInstanceOf(PushException.class)
                .hasMessageContaining(story.label(MORTAL) + ": ")
                .hasMessageNotContainingAny(story.label(0), story.label(2));
        assertThat(report.units()).as("nothing was to be switched yet").isEmpty();
        comeBackAndDeploy("one", 0);
    }

    @Test
    void deploy_whenAHostDiesBetweenStagingAndTheSwitch_switchesNoHost() {
        once(event -> event instanceof DeployEvent.PhaseStarted && event.phase() == Phase.ROLLOUT);

        Report report = story.deploy();

        assertThat(report.outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(report.failure().orElseThrow())
                .isInstanceOf(RolloutException.class)
                .hasMessageContaining(story.label(MORTAL) + ": ");
        assertThat(story.told(report))
                .satisfiesExactly(
                        told -> assertThat(told).isEqualTo("0 UNCHANGED: serves releases/" + one),
                        told -> assertThat(told)
                                .startsWith("1 UNCHANGED: was never switched; now: " + story.label(MORTAL) + ": "),
                        told -> assertThat(told).isEqualTo("2 UNCHANGED: serves releases/" + one));
        comeBackAndDeploy("one", 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void deploy_whenAHostDiesInTheSwitch_putsTheOthersBackAndSaysThatThisOneIsUnknown(boolean renamed) {
        String rename = " current";
        CompletableFuture<Report> deploying;
        HeldRename held = renamed ? HeldRename.after(story, MORTAL, rename) : HeldRename.before(story, MORTAL, rename);
        deploying = CompletableFuture.supplyAsync(story::deploy);
        held.awaitHost();
        power.off(MORTAL);

        Report report = deploying.join();

        assertThat(report.outcome()).isEqualTo(Outcome.NOT_RESTORED);
        assertThat(report.failure().orElseThrow())
                .isInstanceOf(NotRestoredException.class)
                .hasMessageContaining("1 of 3 hosts could not be put back:\n  " + story.label(MORTAL));
        assertThat(story.told(report))
                .satisfiesExactly(
                        told -> assertThat(told).isEqualTo("0 RESTORED: serves again releases/" + one),
                        told -> assertThat(told).startsWith("1 UNKNOWN: " + story.label(MORTAL) + ": "),
                        told -> assertThat(told).isEqualTo("2 RESTORED: serves again releases/" + one));
        story.reach(power.on(MORTAL));
        held.close();
        comeBackAndDeploy(renamed ? "two" : "one", 1);
    }

    private void once(Predicate<DeployEvent> when) {
        AtomicBoolean done = new AtomicBoolean();
        story.onEvent = event -> {
            if (when.test(event) && done.compareAndSet(false, true)) {
                power.off(MORTAL);
            }
        };
    }

    /** Sees what the host was left with, and that the next deploy serves everywhere and leaves nothing behind. */
    private void comeBackAndDeploy(String left, int notConfirmed) {
        story.onEvent = event -> {};
        story.settings.build = java.util.List.of();
        story.reach(power.on(MORTAL));
        assertThat(story.served()).containsExactly("one", left, "one");
        assertThat(story.deployer().status("classic").notices())
                .filteredOn(notice -> notice.contains("was not confirmed"))
                .hasSize(notConfirmed);
        story.write("app.txt", "three\n");

        Report next = story.deploy().orThrow();

        assertThat(story.told(next)).isEqualTo(story.allSwitched(next));
        assertThat(story.served()).containsExactly("three", "three", "three");
        assertThat(story.deployer().status("classic").notices())
                .allMatch(notice -> notice.endsWith("failed and was taken back"));
        assertThat(story.on(MORTAL, "cd " + story.settings.deployTo + "; ls -A . .deployflow releases"))
                .doesNotContain(".tmp", "lock", "switching", ".current");
    }
}
