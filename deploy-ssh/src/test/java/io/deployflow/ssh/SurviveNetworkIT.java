package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deployflow.PushException;
import io.deployflow.Report;
import io.deployflow.Report.Outcome;
import io.deployflow.event.DeployEvent;
import io.deployflow.sandbox.ssh.SshHost;
import io.deployflow.sandbox.ssh.SshHosts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The network between this machine and three hosts drops, slows down or falls silent; the hosts themselves are well.
 */
@SuppressWarnings("NullAway.Init")
class SurviveNetworkIT extends RealHosts {
    private static final int BAD = 1;

    private Networks networks;

    @Override
    boolean needsItsOwn() {
        return true;
    }

    @BeforeEach
    void putNetworksBetween(@TempDir Path folder) {
        networks = Networks.before(new SshHosts(sandbox.sshHosts(), sandbox.identity(), sandbox.knownHosts()), folder);
        story.reach(networks.hosts());
    }

    @AfterEach
    void takeThemAway() {
        networks.close();
    }

    @Test
    void deploy_whenEverySshdDropsAThirdOfTheConnects_connectsAgainAndSucceeds() {
        networks.relays().forEach(relay -> relay.drop(number -> number % 3 == 1));

        Report report = story.deploy().orThrow();

        assertThat(story.told(report)).isEqualTo(story.allSwitched(report));
        assertThat(story.served()).containsExactly("one", "one", "one");
        // The first connect of each was dropped, so there was another.
        assertThat(networks.relays()).allMatch(relay -> relay.connections() > 1);
    }

    @Test
    void deploy_whenOneHostIsTenTimesSlower_waitsForItBeforeAnyIsSwitched() {
        networks.of(BAD).roundTrip(Duration.ofMillis(150)).limit(300_000);
        story.settings.build = List.of("head -c 600000 /dev/urandom > random.bin");

        Report report = story.deploy().orThrow();

        assertThat(story.told(report)).isEqualTo(story.allSwitched(report));
        assertThat(story.served()).containsExactly("one", "one", "one");
        List<String> steps = story.events.stream()
                .filter(event -> event instanceof DeployEvent.UnitChanged)
                .map(event ->
                        ((DeployEvent.UnitChanged) event).unit() + " " + ((DeployEvent.UnitChanged) event).state())
                .toList();
        int slowIsStaged = steps.indexOf(story.label(BAD) + " staged");
        assertThat(slowIsStaged).isNotNegative();
        assertThat(steps.subList(0, slowIsStaged)).noneMatch(step -> step.endsWith(" switched"));
    }

    @Test
    void deploy_whenTheNetworkIsSilentDuringTheUpload_givesTheHostUp_andNothingHappensWhenItSpeaksAgain() {
        story.deploy().orThrow();
        story.write("app.txt", "two\n");
        story.settings.connectTimeout = Duration.ofSeconds(5);
        story.settings.build = List.of("head -c 20000000 /dev/urandom > random.bin");
        networks.of(BAD).whenSent(networks.of(BAD).bytesToServer() + 3_000_000, networks.of(BAD)::stall);

        Report report = story.deploy();

        assertThat(report.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(report.failure().orElseThrow())
                .isInstanceOf(PushException.class)
                .hasMessageContaining(story.label(BAD) + ": ")
                .hasMessageNotContainingAny(story.label(0), story.label(2));
        assertThat(report.units()).as("nothing was to be switched yet").isEmpty();
        networks.of(BAD).resume();
        assertThat(story.served()).containsExactly("one", "one", "one");

        story.settings.build = List.of();
        Report next = story.deploy().orThrow();

        assertThat(story.told(next)).isEqualTo(story.allSwitched(next));
        assertThat(story.served()).containsExactly("two", "two", "two");
        assertThat(story.on(BAD, "ls -A " + story.settings.deployTo + "/releases"))
                .doesNotContain(".tmp");
    }

    @Test
    void deploy_whenAServerAllowsOneSession_needsNoMore() {
        String settings = "/etc/ssh/sshd_config.d/one-session.conf";
        story.asRoot(BAD, "echo 'MaxSessions 1' > " + settings + " && kill -HUP $(cat /run/sshd.pid)");
        try {
            story.deploy().orThrow();
            story.write("app.txt", "two\n");
            story.settings.restart = "cat app.txt";
            story.settings.health = TestSettings.command("grep two app.txt", 5);

            Report report = story.deploy().orThrow();

            assertThat(report.warnings()).isEmpty();
            assertThat(story.told(report)).isEqualTo(story.allSwitched(report));
            assertThat(story.served()).containsExactly("two", "two", "two");
        } finally {
            story.asRoot(BAD, "rm " + settings + " && kill -HUP $(cat /run/sshd.pid)");
        }
    }

    @Test
    void deploy_whileAServerHasAllTheLoginsUnderWayThatItAllows_connectsAgain_untilThereIsRoom() throws IOException {
        String settings = "/etc/ssh/sshd_config.d/one-login.conf";
        SshHost host = sandbox.sshHosts().get(BAD);
        story.asRoot(BAD, "echo 'MaxStartups 1' > " + settings + " && kill -HUP $(cat /run/sshd.pid)");
        try (Socket silent = awaitTheOnlyLogin(host)) {
            CompletableFuture<Report> deploy = CompletableFuture.supplyAsync(() -> story.deploy());
            await("the server has dropped some").until(() -> networks.of(BAD).connections() > 2);
            assertThat(deploy).isNotDone();
            silent.close();

            Report report = deploy.join().orThrow();

            assertThat(story.told(report)).isEqualTo(story.allSwitched(report));
            assertThat(story.served()).containsExactly("one", "one", "one");
        } finally {
            story.asRoot(BAD, "rm " + settings + " && kill -HUP $(cat /run/sshd.pid)");
        }
    }

    /** A connection that says nothing, once the server lets no other in beside it. */
    private static Socket awaitTheOnlyLogin(SshHost host) {
        return await("the server has read its settings")
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(
                        () -> {
                            Socket silent = new Socket(host.host(), host.port());
                            try (Socket next = new Socket(host.host(), host.port())) {
                                if (greets(silent) && !greets(next)) {
                                    return silent;
                                }
                            }
                            silent.close();
                            return null;
                        },
                        Objects::nonNull);
    }

    /** An sshd that has no room says so in a line of text, or nothing, and closes the connection. */
    private static boolean greets(Socket connection) throws IOException {
        connection.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
        String line = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII))
                .readLine();
        return line != null && line.startsWith("SSH-");
    }

    @Test
    void deploy_whenTheClocksDifferByAnHour_goesOnFromReleaseToRelease() {
        List<String> ids = new ArrayList<>();
        for (int hours : List.of(0, 1, -1, 0)) {
            story.clock = Clock.offset(Clock.systemUTC(), Duration.ofHours(hours));
            story.write("app.txt", "clock " + hours + ", " + ids.size() + "\n");
            Story.run("touch", "-d", hours + " hours", story.source + "/app.txt");

            Report report = story.deploy().orThrow();

            // Nothing that was staged before counts as edited because its time is to come.
            assertThat(report.warnings()).isEmpty();
            assertThat(story.told(report)).isEqualTo(story.allSwitched(report));
            assertThat(story.served()).containsOnly("clock " + hours + ", " + ids.size());
            ids.add(report.release().orElseThrow().id());
        }
        assertThat(ids).isSorted().doesNotHaveDuplicates();
        assertThat(story.deployer().status("classic").notices()).isEmpty();
        story.deployer().rollback("classic").orThrow();
        assertThat(story.served()).containsOnly("clock -1, 2");
    }
}
