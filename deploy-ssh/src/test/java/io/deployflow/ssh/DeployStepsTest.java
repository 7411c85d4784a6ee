package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.Application;
import io.deployflow.CancellationToken;
import io.deployflow.Phase;
import io.deployflow.Revision;
import io.deployflow.TreeArtifact;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.TargetLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How often a whole deploy asks a host something: each question costs the time to the host and back. */
@Timeout(120)
class DeployStepsTest {
    @TempDir
    private Path temp;

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final CountingHost host = new CountingHost();
    private Fleet fleet = new Fleet(List.of(), 1);

    @AfterEach
    void end() {
        fleet.close();
        executor.shutdownNow();
    }

    private SshTarget target() {
        String root = temp.resolve("root").toString();
        Connections connections = new Connections(endpoint -> host.connection(), Duration.ofSeconds(1));
        RemoteShell shell = new RemoteShell(HostAddress.parse("app1"), connections, root, Duration.ofSeconds(20));
        fleet = new Fleet(List.of(shell), 1);
        MaintenanceCommands maintenance = new MaintenanceCommands(root, "down.html");
        ReleaseCommands commands = new ReleaseCommands(root);
        return new SshTarget(
                connections,
                fleet,
                new LockCommands(root),
                new ManualLockCommands(root),
                new SurveyCommands(root, List.of(), maintenance),
                maintenance,
                commands,
                new StageCommands(root, List.of(), SshSettings.Copy.HARDLINK, false),
                new RememberedManifests(temp.resolve("manifests")),
                List.of(),
                new HealthGate(Optional.empty(), commands),
                Optional.of("echo restarted"),
                5,
                FleetRules.of(new TestSettings().make()));
    }

    private DeployContext context() throws IOException {
        return new DeployContext(
                new Application("shop", temp),
                "classic",
                Phase.PREFLIGHT,
                "me@here",
                new NoSource(),
                Files.createDirectories(temp.resolve("work")),
                event -> {},
                CancellationToken.create(),
                Clock.systemUTC(),
                executor);
    }

    private TreeArtifact tree() throws IOException {
        Path tree = Files.createDirectories(temp.resolve("tree"));
        Files.writeString(tree.resolve("app.txt"), "one\n");
        return new TreeArtifact(Revision.digest("0".repeat(64)), TreeScan.scan(tree), new DirectoryContent(tree));
    }

    @Test
    void deploy_ofWhatWasDeployedFromHereBefore_asksNoHostWhatItHas() throws IOException {
        SshTarget target = target();
        SymlinkRollout rollout = new SymlinkRollout(target, new TestSettings().make());
        DeployContext context = context();
        try (TargetLock lock = rollout.preflight(context)) {
            SshRelease release = new StagedPush(target).push(tree(), context);
            rollout.rollout(release, context);
            rollout.cleanup(release, context);
        }
        try (TargetLock lock = rollout.preflight(context)) {
            int before = host.steps();
            new StagedPush(target).push(tree(), context);
            assertThat(host.steps()).as("stage").isEqualTo(before + 1);
        }
        for (String name : temp.resolve("manifests").toFile().list()) {
            Files.delete(temp.resolve("manifests").resolve(name));
        }
        try (TargetLock lock = rollout.preflight(context)) {
            int before = host.steps();
            new StagedPush(target).push(tree(), context);
            assertThat(host.steps()).as("ask and stage").isEqualTo(before + 2);
        }
    }

    @Test
    void deploy_whole_opensOneChannelAndAsksSixTimes() throws IOException {
        SshTarget target = target();
        SymlinkRollout rollout = new SymlinkRollout(target, new TestSettings().make());
        DeployContext context = context();

        try (TargetLock lock = rollout.preflight(context)) {
            assertThat(lock).isNotNull();
            assertThat(rollout.live(context)).isEmpty();
            assertThat(rollout.history(context)).isEmpty();
            assertThat(host.steps()).as("lock and survey").isEqualTo(1);

            SshRelease release = new StagedPush(target).push(tree(), context);
            assertThat(host.steps()).as("stage").isEqualTo(2);

            assertThat(rollout.rollout(release, context).failure()).isEmpty();
            assertThat(host.steps()).as("prepare, switch, restart").isEqualTo(5);

            rollout.cleanup(release, context);
            assertThat(host.steps()).as("finish and unlock").isEqualTo(6);
            assertThat(temp.resolve("root/.deployflow/lock")).doesNotExist();
        }

        assertThat(host.steps()).isEqualTo(6);
        assertThat(host.channels()).isEqualTo(1);
        assertThat(temp.resolve("root/current/app.txt")).hasContent("one");
        assertThat(temp.resolve("root/.deployflow/lock")).doesNotExist();
    }
}
