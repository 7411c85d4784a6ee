package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deployflow.CancellationToken;
import io.deployflow.ContentCheck;
import io.deployflow.Phase;
import io.deployflow.Release;
import io.deployflow.Report;
import io.deployflow.Report.Outcome;
import io.deployflow.TargetLockedException;
import io.deployflow.UnitResult;
import io.deployflow.event.DeployEvent;
import io.deployflow.ssh.HookSettings.HookPhase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** What a host is promised to need, OpenSSH and busybox, is enough: every step of a deploy on a host with no more. */
@Testcontainers
@SuppressWarnings("NullAway.Init")
class BusyboxHostIT {
    @Container
    private static final BusyboxHost HOST = new BusyboxHost();

    /** The one that is killed holds the port for a moment longer. */
    private static final String RESTART_HTTPD = "killall httpd 2>/dev/null; for second in 1 2 3 4 5 6 7 8 9; do"
            + " httpd -p 3000 -h . 2>/dev/null && break; sleep 1; done; pidof httpd";

    private Story story;

    @BeforeEach
    void begin(@TempDir Path source, @TempDir Path keys, TestInfo info) throws IOException {
        String name = info.getTestMethod().orElseThrow().getName();
        story = new Story(HOST.fleet(keys), source, name);
    }

    @AfterEach
    void end() {
        story.close();
    }

    /** The names in a directory below {@code deploy_to}, hidden ones too. */
    private List<String> names(String directory) {
        return story.on(0, "ls -A " + story.settings.deployTo + "/" + directory)
                .lines()
                .toList();
    }

    @Test
    void host_hasNoProgramButBusyboxAndSshd() {
        assertThat(story.on(0, "find /usr/bin /usr/sbin /usr/local/bin /usr/local/sbin -type f | sort")
                        .lines())
                .containsExactly("/usr/bin/busybox", "/usr/sbin/sshd");
        story.settings.restart =
                "for tool in sh tar gzip readlink mv ln find sha256sum; do readlink -f $(command -v $tool); done";

        story.deploy().orThrow();

        assertThat(story.events)
                .filteredOn(event -> event instanceof DeployEvent.Output && event.phase() == Phase.ROLLOUT)
                .hasSize(8)
                .allMatch(event -> ((DeployEvent.Output) event).line().equals("/usr/bin/busybox"));
    }

    @Test
    void deploy_ofOddNamesLinksAndModes_keepsEveryByte() {
        String here = OddTree.make(story.source);

        story.deploy().orThrow();

        assertThat(OddTree.served(story, 0)).isEqualTo(here);

        here = OddTree.change(story.source);
        story.settings.copy = SshSettings.Copy.FULL;
        story.settings.check = ContentCheck.FULL;

        assertThat(story.deploy().orThrow().warnings()).isEmpty();

        assertThat(OddTree.served(story, 0)).isEqualTo(here);
    }

    @Test
    void deploy_secondAndRollback_switchesAndTellsBothReleases() {
        story.settings.linkedDirs = List.of("log");
        story.writeLetters("lib/large.txt", 300_000, 3);
        Report first = story.deploy().orThrow();
        assertThat(story.sent())
                .singleElement()
                .satisfies(sent -> assertThat(Story.bytes(sent)).isGreaterThan(150_000));
        story.events.clear();
        story.on(0, "echo line > " + story.settings.deployTo + "/current/log/app.log");
        story.write("app.txt", "two\n");

        Report second = story.deploy().orThrow();

        assertThat(story.served()).containsExactly("two");
        assertThat(second.warnings()).isEmpty();
        assertThat(story.sent()).singleElement().satisfies(sent -> {
            assertThat(sent).startsWith("sent: 2 files in ").endsWith(" to 1 of 1 hosts");
            assertThat(Story.bytes(sent)).isLessThan(10_000);
        });
        String current = story.settings.deployTo + "/current/";
        assertThat(story.on(0, "sha256sum < " + current + "lib/large.txt"))
                .isEqualTo(Story.run("sh", "-c", "sha256sum < " + story.source + "/lib/large.txt"));
        assertThat(second.previous().map(Release::id)).isEqualTo(first.release().map(Release::id));
        assertThat(story.on(0, "cat " + story.settings.deployTo + "/current/log/app.log"))
                .isEqualTo("line");

        story.deployer().rollback("classic").orThrow();

        assertThat(story.served()).containsExactly("one");
        assertThat(story.deployer().releases("classic"))
                .extracting(Release::state)
                .containsExactly(Release.State.GOOD, Release.State.LIVE);
        assertThat(names("")).noneMatch(name -> name.startsWith(".current"));
        assertThat(names(".deployflow")).containsExactly("releases");
    }

    @Test
    void deploy_whenItsHealthCommandFails_putsBackWhatServed() {
        story.settings.restart = RESTART_HTTPD;
        story.settings.health = TestSettings.command("wget -q -O - http://127.0.0.1:3000/app.txt | grep one", 2);
        story.deploy().orThrow();
        story.write("app.txt", "two\n");

        Report report = story.deploy();

        assertThat(report.outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(report.failure().orElseThrow()).hasMessageContaining("not healthy within 2 s");
        assertThat(report.units()).extracting(UnitResult::state).containsExactly(UnitResult.State.RESTORED);
        assertThat(story.on(0, "wget -q -O - http://127.0.0.1:3000/app.txt")).isEqualTo("one");
        assertThat(story.deployer().releases("classic"))
                .extracting(Release::state)
                .containsExactly(Release.State.FAILED, Release.State.LIVE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"push progress", "push staged", "rollout switched"})
    void deploy_whenItsProcessIsKilled_leavesNoLock_andTheNextOneCleansUp(String moment) throws IOException {
        story.settings.deployTo += "/" + moment.replace(' ', '_');
        story.deploy().orThrow();
        story.write("app.txt", "two\n");

        HaltedDeploy.of(story, moment);

        await().untilAsserted(() -> assertThat(names(".deployflow")).doesNotContain("lock"));
        story.write("app.txt", "three\n");
        story.deploy().orThrow();
        assertThat(story.served()).containsExactly("three");
        assertThat(story.deployer().status("classic").notices()).isEmpty();
        assertThat(names("releases")).noneMatch(name -> name.endsWith(".tmp"));
    }

    @Test
    void deploy_whenItsConnectionBreaksBeforeTheSwitch_connectsAgain_andLeavesNoLock() {
        AtomicBoolean dropped = new AtomicBoolean();
        story.onEvent = event -> {
            if (event instanceof DeployEvent.PhaseStarted
                    && event.phase() == Phase.ROLLOUT
                    && dropped.compareAndSet(false, true)) {
                story.dropConnections(0);
            }
        };

        story.deploy().orThrow();

        assertThat(dropped).isTrue();
        assertThat(story.served()).containsExactly("one");
        await().untilAsserted(() -> assertThat(names(".deployflow")).containsExactly("releases"));
    }

    @Test
    void deploy_whenAnotherOneRuns_saysWhoHoldsTheLock() {
        AtomicBoolean tried = new AtomicBoolean();
        List<Report> refused = new ArrayList<>();
        story.onEvent = event -> {
            if (event instanceof DeployEvent.PhaseStarted
                    && event.phase() == Phase.ROLLOUT
                    && tried.compareAndSet(false, true)) {
                refused.add(story.deploy());
            }
        };

        story.deploy().orThrow();

        assertThat(refused)
                .singleElement()
                .satisfies(report -> assertThat(report.failure().orElseThrow())
                        .isInstanceOf(TargetLockedException.class)
                        .hasMessageContaining("alice@laptop"));
    }

    @Test
    void deploy_cancelledInAHook_leavesTheHostLockedUntilTheHookHasEnded() {
        story.settings.hooks = List.of(new HookSettings(
                Optional.empty(),
                Optional.of(HookPhase.PUSH),
                "echo begun; until [ -e ../../go ]; do sleep 1; done; echo on; echo on; : > ../../ended",
                List.of(),
                false,
                Map.of(),
                false));
        CancellationToken token = CancellationToken.create();
        story.onEvent = event -> {
            if (event instanceof DeployEvent.Output output && output.line().equals("begun")) {
                token.cancel();
            }
        };
        assertThat(story.deploy(token).outcome()).isEqualTo(Outcome.UNCHANGED);
        story.settings.hooks = List.of();

        assertThat(story.deploy().failure().orElseThrow()).hasMessageEndingWith(", a hook of which is running");
        story.on(0, "touch " + story.settings.deployTo + "/go");

        await().untilAsserted(() -> assertThat(names("")).contains("ended"));
        await().untilAsserted(() -> assertThat(names(".deployflow")).containsExactly("releases"));
        assertThat(story.deploy().outcome()).isEqualTo(Outcome.DEPLOYED);
    }

    @Test
    void deploy_whenThereAreManyReleases_keepsAsManyAsItIsTold() {
        story.settings.keepReleases = 2;
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ids.add(story.deploy().orThrow().release().orElseThrow().id());
        }

        assertThat(names("releases")).containsExactlyElementsOf(ids.subList(2, 4));
        assertThat(names(".deployflow/releases")).containsExactlyElementsOf(ids.subList(2, 4));
    }
}
