package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.CancellationToken;
import io.deployflow.DeployCancelledException;
import io.deployflow.Maintenance;
import io.deployflow.OperationException;
import io.deployflow.OperationReport;
import io.deployflow.Report;
import io.deployflow.TargetLockedException;
import io.deployflow.UnitCommand;
import io.deployflow.event.DeployEvent;
import io.deployflow.spi.Poller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is done to three real hosts between deploys. */
class OperationsIT extends RealHosts {
    private OperationReport lock(String reason) {
        return story.deployer().lock("classic", Optional.of(reason), CancellationToken.create());
    }

    private OperationReport unlock(boolean force) {
        return story.deployer().unlock("classic", force, CancellationToken.create());
    }

    private OperationReport exec(String... words) {
        return story.deployer().exec("classic", UnitCommand.of(words), CancellationToken.create());
    }

    private List<String> onEachHost(String script) {
        return List.of(story.on(0, script), story.on(1, script), story.on(2, script));
    }

    private String lockOwner() {
        return "cat " + story.settings.deployTo + "/.deployflow/lock/owner 2>/dev/null || echo free";
    }

    @Test
    void lock_untilUnlocked_keepsDeploysAndOtherLocksOutAndNamesWhoSinceAndWhy() {
        lock("moving the\ndatabase").orThrow();

        Report refused = story.deploy();
        assertThat(refused.outcome()).isEqualTo(Report.Outcome.UNCHANGED);
        assertThat(refused.failure().orElseThrow())
                .isInstanceOf(TargetLockedException.class)
                .hasMessageMatching("(?s).*locked by hand by alice@laptop since \\S+Z: moving the database.*");
        assertThatThrownBy(() -> lock("lunch"))
                .isInstanceOf(TargetLockedException.class)
                .hasMessageContaining("moving the database");
        assertThat(story.deployer().status("classic").notices())
                .singleElement()
                .asString()
                .startsWith("locked by hand by alice@laptop since ")
                .endsWith(": moving the database");

        assertThat(unlock(false).orThrow().units())
                .extracting(OperationReport.Unit::state)
                .containsOnly("unlocked");
        assertThat(unlock(false).orThrow().units())
                .extracting(OperationReport.Unit::state)
                .containsOnly("free");
        story.deploy().orThrow();
    }

    @Test
    void lock_whenOneHostIsLockedByAnother_locksNone() {
        lock("all three").orThrow();
        story.on(0, "rm -r " + story.settings.deployTo + "/.deployflow/lock");
        story.on(1, "rm -r " + story.settings.deployTo + "/.deployflow/lock");

        assertThatThrownBy(() -> lock("lunch"))
                .isInstanceOf(TargetLockedException.class)
                .hasMessageContaining(story.label(2))
                .hasMessageContaining("all three");

        assertThat(onEachHost(lockOwner())).filteredOn("free"::equals).hasSize(2);
        assertThat(story.on(2, lockOwner())).contains("all three");
    }

    @Test
    void exec_whenItFailsOnOneHost_tellsEachLineByItsHostAndNamesThatOne() {
        story.deploy().orThrow();
        story.on(1, "touch /tmp/sick");

        OperationReport report = exec("cat app.txt; pwd; cat; [ ! -e /tmp/sick ] || { echo no more >&2; exit 7; }");

        story.on(1, "rm /tmp/sick");
        assertThat(report.failure().orElseThrow())
                .isInstanceOf(OperationException.class)
                .hasMessage("1 of 3 hosts failed: " + story.label(1) + " (exit status 7)");
        assertThat(report.units()).extracting(unit -> unit.status().orElse(-1)).containsExactly(0, 7, 0);
        assertThat(linesOf(0)).hasSize(2).first().isEqualTo("one");
        assertThat(linesOf(0)).last().asString().startsWith(story.settings.deployTo + "/releases/");
        assertThat(linesOf(1)).hasSize(3).last().isEqualTo("no more");
    }

    private List<String> linesOf(int host) {
        return story.events.stream()
                .filter(DeployEvent.Output.class::isInstance)
                .map(DeployEvent.Output.class::cast)
                .filter(output -> output.unit().equals(story.label(host)))
                .map(DeployEvent.Output::line)
                .toList();
    }

    @Test
    void exec_whenCancelled_endsTheCommandOnTheHostsToo() {
        story.deploy().orThrow();
        CancellationToken token = CancellationToken.create();
        story.onEvent = event -> {
            if (event instanceof DeployEvent.Output) {
                token.cancel();
            }
        };

        assertThatThrownBy(
                        () -> story.deployer().exec("classic", UnitCommand.of("echo asleep; sleep 4242; true"), token))
                .isInstanceOf(DeployCancelledException.class);

        String asleep = "cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' ' | grep -c '[s]leep 4242' || true";
        Optional<String> gone = Poller.every(Duration.ofMillis(300))
                .ask(
                        Duration.ofSeconds(10),
                        CancellationToken.create(),
                        () -> Optional.of("gone")
                                .filter(word -> onEachHost(asleep).stream().allMatch("0"::equals)));
        assertThat(gone).contains("gone");
    }

    @Test
    void maintenance_onAndOff_putsThePageWhereTheWebServerFindsIt() {
        story.settings.linkedDirs = List.of("public/system");
        story.deploy().orThrow();
        Maintenance wanted = new Maintenance(true, Optional.of("disks > 90 %"), Optional.of("at noon"));

        OperationReport on = story.deployer().maintenance("classic", wanted, CancellationToken.create());

        assertThat(on.orThrow().warnings()).isEmpty();
        String page = "cat " + story.settings.deployTo + "/current/public/system/maintenance.html 2>&1 || true";
        assertThat(onEachHost(page)).allMatch(text -> text.contains("disks &gt; 90 %") && text.contains("at noon"));
        assertThat(story.deployer().status("classic").notices())
                .singleElement()
                .asString()
                .matches("the maintenance page is up, by alice@laptop since \\S+Z: disks > 90 %, until at noon");

        story.deployer()
                .maintenance("classic", Maintenance.over(), CancellationToken.create())
                .orThrow();
        assertThat(onEachHost(page)).allMatch(text -> text.contains("No such file"));
        assertThat(story.deployer().status("classic").notices()).isEmpty();
    }

    @Test
    void maintenance_whereTheReleaseDoesNotLinkThePage_warns() {
        story.deploy().orThrow();

        assertThat(story.deployer()
                        .maintenance("classic", Maintenance.up(), CancellationToken.create())
                        .orThrow()
                        .warnings())
                .singleElement()
                .asString()
                .startsWith("the live release does not have public/system/maintenance.html")
                .contains("linked_dirs");
    }

    @Test
    void prune_afterKeepReleasesWasLowered_keepsWhatIsLiveAndWhatARollbackGoesTo() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ids.add(story.deploy().orThrow().release().orElseThrow().id());
        }
        story.settings.keepReleases = 2;

        OperationReport report = story.deployer().prune("classic", CancellationToken.create());

        assertThat(report.orThrow().units())
                .extracting(OperationReport.Unit::detail)
                .containsOnly("removed " + ids.get(0) + ", " + ids.get(1));
        assertThat(story.on(2, "ls " + story.settings.deployTo + "/releases").lines())
                .containsExactlyElementsOf(ids.subList(2, 4));
        assertThat(story.deployer()
                        .prune("classic", CancellationToken.create())
                        .orThrow()
                        .units())
                .extracting(OperationReport.Unit::state)
                .containsOnly("unchanged");
    }
}
