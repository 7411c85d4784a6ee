package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.Application;
import io.deployflow.CancellationToken;
import io.deployflow.NotRestoredException;
import io.deployflow.Phase;
import io.deployflow.event.DeployEvent;
import io.deployflow.spi.DeployContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What serves may be the very thing that is broken: that must not keep out the deploy that mends it. */
class HungApplicationTest {
    private static final String OLD = "20260101000000";
    private static final String NEW = "20260101000001";

    @TempDir
    private Path root;

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final List<String> warnings = new ArrayList<>();

    @AfterEach
    void end() {
        executor.shutdownNow();
    }

    private SshTarget target(Optional<String> restart, Optional<HealthSettings> health) {
        Connections connections = new Connections(endpoint -> new LocalHost(), Duration.ofSeconds(1));
        RemoteShell shell =
                new RemoteShell(HostAddress.parse("app1"), connections, root.toString(), Duration.ofSeconds(20));
        MaintenanceCommands maintenance = new MaintenanceCommands(root.toString(), "down.html");
        ReleaseCommands commands = new ReleaseCommands(root.toString());
        return new SshTarget(
                connections,
                new Fleet(List.of(shell), 1),
                new LockCommands(root.toString()),
                new ManualLockCommands(root.toString()),
                new SurveyCommands(root.toString(), List.of(), maintenance),
                maintenance,
                commands,
                new StageCommands(root.toString(), List.of(), SshSettings.Copy.HARDLINK, false),
                new RememberedManifests(root.resolve("manifests")),
                List.of(),
                new HealthGate(health, commands),
                restart,
                5,
                FleetRules.of(new TestSettings().make()));
    }

    private DeployContext context() {
        return new DeployContext(
                new Application("shop", root),
                "classic",
                Phase.PREFLIGHT,
                "me@here",
                new NoSource(),
                root,
                event -> {
                    if (event instanceof DeployEvent.Warning warning) {
                        warnings.add(warning.message());
                    }
                },
                CancellationToken.create(),
                Clock.systemUTC(),
                executor);
    }

    private void serve(String id) throws IOException {
        Files.createDirectories(root.resolve(".deployflow"));
        Files.createDirectories(root.resolve("releases/" + OLD));
        Files.createDirectories(root.resolve("releases/" + NEW));
        Files.deleteIfExists(root.resolve("current"));
        Files.createSymbolicLink(root.resolve("current"), Path.of("releases/" + id));
    }

    @Test
    void preflight_whereARestartFailsWhileAKilledDeployIsTakenBack_warnsAndLetsTheDeployGoOn() throws IOException {
        serve(NEW);
        Path journal = root.resolve(".deployflow/switching");
        Files.writeString(journal, "release " + NEW + "\nprevious releases/" + OLD + "\n");
        DeployContext context = context();

        try (Preflight.Start start =
                new Preflight(target(Optional.of("echo no process; exit 3"), Optional.empty())).run(context)) {
            assertThat(start.notRestored())
                    .hasValueSatisfying(left -> assertThat(left).hasMessageContaining("could not be taken back whole"));
        }

        assertThat(Files.readSymbolicLink(root.resolve("current"))).hasToString("releases/" + OLD);
        assertThat(warnings).singleElement().asString().contains("had been cut short", "no process");
        assertThat(journal).exists();
    }

    @Test
    void recovery_whereAHostDoesNotAnswerAnyMore_isNotNothing() throws IOException {
        serve(NEW);
        Files.writeString(
                root.resolve(".deployflow/switching"), "release " + NEW + "\nprevious releases/" + OLD + "\n");
        SshTarget target = target(Optional.empty(), Optional.empty());
        RemoteShell here = target.fleet().shells().get(0);
        HostState state = target.survey(here, CancellationToken.create());
        Map<RemoteShell, HostState> states = new LinkedHashMap<>();
        states.put(here, state);
        states.put(FleetRulesTest.shell("app2"), state);

        assertThatThrownBy(() -> new Recovery(target).run(new FleetSurvey(states), context()))
                .isInstanceOf(NotRestoredException.class)
                .hasMessageContaining("nothing connects here");
        assertThat(warnings).singleElement().asString().startsWith("app1: a deploy of " + NEW);
    }

    @Test
    void status_whereTheHealthCommandHangs_saysSoInsteadOfCallingTheHostUnreachable() throws IOException {
        serve(OLD);
        SshTarget target = target(Optional.empty(), Optional.of(TestSettings.command("sleep 600", 1)));

        assertThat(new StatusReport(target).make(context()).units())
                .singleElement()
                .satisfies(unit -> {
                    assertThat(unit.healthy()).isFalse();
                    assertThat(unit.detail()).contains("'sleep 600'", "no end after 1 s");
                });
    }
}
