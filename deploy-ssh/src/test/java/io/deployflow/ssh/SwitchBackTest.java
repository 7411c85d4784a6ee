package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.Application;
import io.deployflow.CancellationToken;
import io.deployflow.Phase;
import io.deployflow.Release.State;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.RolloutResult;
import io.deployflow.spi.TargetLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is known of a release after it was taken back, on a host that is a directory of this machine. */
@Timeout(60)
class SwitchBackTest {
    private static final String FIRST = "20260101000001";
    private static final String SECOND = "20260101000002";
    private static final String THIRD = "20260101000003";

    @TempDir
    private Path root;

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private Optional<State> told = Optional.empty();

    @BeforeEach
    void deployThreeTimes() throws IOException {
        for (String id : List.of(FIRST, SECOND, THIRD)) {
            Files.createDirectories(root.resolve("releases/" + id));
            Files.createDirectories(root.resolve(".deployflow/releases/" + id));
            Files.createFile(root.resolve(".deployflow/releases/" + id + "/good"));
        }
        Files.createSymbolicLink(root.resolve("current"), Path.of("releases/" + THIRD));
    }

    @AfterEach
    void end() {
        executor.shutdownNow();
    }

    private String served() throws IOException {
        return Files.readSymbolicLink(root.resolve("current")).getFileName().toString();
    }

    /** Rolls back as the engine does, and takes that back where the second release does not start. */
    private RolloutResult rollBack() {
        TestSettings settings = new TestSettings();
        settings.deployTo = root.toString();
        settings.restart = "[ ! -e ../../sick ] || [ ! $(basename $PWD) = " + SECOND + " ]";
        Connections connections = new Connections(endpoint -> new LocalHost(), Duration.ofSeconds(1));
        DeployContext context = context();
        try (SshTarget target = SshTarget.of(settings.make(), connections, (host, what) -> {})) {
            SymlinkRollout rollout = new SymlinkRollout(target, settings.make());
            try (TargetLock lock = rollout.preflight(context)) {
                assertThat(lock.notRestored()).isEmpty();
                SshRelease before = rollout.history(context).stream()
                        .dropWhile(release -> release.state() != State.LIVE)
                        .filter(release -> release.state() == State.GOOD)
                        .findFirst()
                        .orElseThrow();
                RolloutResult result = rollout.rollout(before, context);
                if (result.failure().isPresent()) {
                    assertThat(rollout.rollback(before, context).failure()).isEmpty();
                    told = Optional.of(rollout.takenBack(before));
                    assertThat(rollout.takenBack(before.as(State.STAGED))).isEqualTo(State.FAILED);
                } else {
                    rollout.cleanup(before, context);
                }
                return result;
            }
        }
    }

    /** What a look at the host finds. */
    private State recorded(String id) {
        TestSettings settings = new TestSettings();
        settings.deployTo = root.toString();
        Connections connections = new Connections(endpoint -> new LocalHost(), Duration.ofSeconds(1));
        try (SshTarget target = SshTarget.of(settings.make(), connections, (host, what) -> {})) {
            return FleetSurvey.take(target, context()).release(id).orElseThrow().state();
        }
    }

    private DeployContext context() {
        return new DeployContext(
                new Application("shop", root),
                "classic",
                Phase.ROLLOUT,
                "me@here",
                new NoSource(),
                root,
                event -> {},
                CancellationToken.create(),
                Clock.systemUTC(),
                executor);
    }

    @Test
    void run_afterARollbackThatFailed_leavesTheReleaseOneToGoBackTo() throws IOException {
        Files.createFile(root.resolve("sick"));
        assertThat(rollBack().failure()).isPresent();
        assertThat(served()).isEqualTo(THIRD);
        assertThat(root.resolve(".deployflow/switching")).doesNotExist();
        // Capistrano goes by the time.
        assertThat(Files.getLastModifiedTime(root.resolve("releases/" + SECOND)).toInstant())
                .isAfter(Instant.parse("2020-01-01T00:00:00Z"));

        assertThat(told).contains(recorded(SECOND));

        Files.delete(root.resolve("sick"));

        assertThat(rollBack().failure()).isEmpty();
        assertThat(served()).isEqualTo(SECOND);
    }
}
