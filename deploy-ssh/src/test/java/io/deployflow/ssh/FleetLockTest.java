package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.Application;
import io.deployflow.CancellationToken;
import io.deployflow.Phase;
import io.deployflow.TargetLockedException;
import io.deployflow.spi.DeployContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two deploys at once, of which the first host decides. Each host is a directory of this machine. */
@Timeout(60)
class FleetLockTest {
    private static final String ROOT = "srv";

    @TempDir
    private Path temp;

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private Fleet fleet = new Fleet(List.of(), 1);

    @BeforeEach
    void makeHosts() {
        Map<String, HostConnection> hosts = Map.of("app1", host("app1"), "app2", host("app2"));
        Connections connections = new Connections(
                endpoint -> hosts.getOrDefault(endpoint.hostname(), new LocalHost()), Duration.ofSeconds(1));
        fleet = new Fleet(
                List.of("app2", "app1").stream()
                        .map(name ->
                                new RemoteShell(HostAddress.parse(name), connections, ROOT, Duration.ofSeconds(20)))
                        .toList(),
                1);
    }

    private HostConnection host(String name) {
        CountingHost host = new CountingHost();
        host.login("mkdir -p " + Sh.quote(temp + "/" + name) + "; cd " + Sh.quote(temp + "/" + name)
                + "; exec /bin/sh -c \"$0\"");
        return host.connection();
    }

    @AfterEach
    void end() {
        fleet.close();
        executor.shutdownNow();
    }

    private Path lock(String host) {
        return temp.resolve(host).resolve(ROOT).resolve(".deployflow/lock");
    }

    private void hold(String host) throws IOException {
        Files.createDirectories(lock(host));
        Files.writeString(lock(host).resolve("owner"), LockFunctions.MANUAL + "\nanother deploy\n");
    }

    private FleetLock take() {
        MaintenanceCommands maintenance = new MaintenanceCommands(ROOT, "down.html");
        ReleaseCommands commands = new ReleaseCommands(ROOT);
        SshTarget target = new SshTarget(
                new Connections(endpoint -> new LocalHost(), Duration.ofSeconds(1)),
                fleet,
                new LockCommands(ROOT),
                new ManualLockCommands(ROOT),
                new SurveyCommands(ROOT, List.of(), maintenance),
                maintenance,
                commands,
                new StageCommands(ROOT, List.of(), SshSettings.Copy.HARDLINK, false),
                new RememberedManifests(temp.resolve("manifests")),
                List.of(),
                new HealthGate(Optional.empty(), commands),
                Optional.empty(),
                5,
                FleetRules.of(new TestSettings().make()));
        return FleetLock.take(target, context());
    }

    private DeployContext context() {
        return new DeployContext(
                new Application("shop", temp),
                "classic",
                Phase.PREFLIGHT,
                "me@here",
                new NoSource(),
                temp,
                event -> {},
                CancellationToken.create(),
                Clock.systemUTC(),
                executor);
    }

    @Test
    void take_ofAllHosts_holdsThemUntilItIsClosed() {
        try (FleetLock lock = take()) {
            assertThat(lock("app1")).isDirectory();
            assertThat(lock("app2")).isDirectory();
            assertThat(fleet.survey().orElseThrow().states().keySet()).containsExactlyElementsOf(fleet.shells());
        }
        assertThat(lock("app1")).doesNotExist();
        assertThat(lock("app2")).doesNotExist();
    }

    @Test
    void take_whereWhoDidNotGetTheFirstHostHasAnotherStill_waitsUntilThatIsLetGo() throws IOException {
        hold("app2");
        executor.execute(() -> letGoLater("app2"));

        try (FleetLock lock = take()) {
            assertThat(lock("app2").resolve("owner")).content().contains("me@here");
        }
    }

    private void letGoLater(String host) {
        try {
            Thread.sleep(300);
            Files.delete(lock(host).resolve("owner"));
            Files.delete(lock(host));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void take_whereTheFirstHostIsHeld_namesThatOne_andHoldsNone() throws IOException {
        hold("app1");

        assertThatThrownBy(this::take)
                .isInstanceOf(TargetLockedException.class)
                .hasMessageStartingWith("app1: locked by hand by another deploy");
        assertThat(lock("app2")).doesNotExist();
    }

    @Test
    void take_whereAnotherHostStaysHeld_givesUp_andHoldsNone() throws IOException {
        hold("app2");

        assertThatThrownBy(this::take)
                .isInstanceOf(TargetLockedException.class)
                .hasMessageStartingWith("app2: locked by hand by another deploy");
        assertThat(lock("app1")).doesNotExist();
    }
}
