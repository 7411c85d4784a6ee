package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.deployflow.Phase;
import io.deployflow.Report;
import io.deployflow.Report.Outcome;
import io.deployflow.RolloutException;
import io.deployflow.Status;
import io.deployflow.UnitResult;
import io.deployflow.UnitResult.State;
import io.deployflow.event.DeployEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A host whose disk takes no more in the moment in which a deploy records something: the fleet ends on one release, and
 * the report says how. What is written to {@code /dev/full} is refused as a full disk refuses it.
 */
@Timeout(180)
@SuppressWarnings("NullAway.Init")
class FullDiskTest {
    private static final Path FULL = Path.of("/dev/full");
    private static final List<String> HOSTS = List.of("app1", "app2", "app3");
    private static final String BAD = "app2";

    private LocalFleet fleet;
    private String first;

    @BeforeEach
    void deployOnce(@TempDir Path temp) {
        fleet = new LocalFleet(temp, "alice", HOSTS.toArray(String[]::new));
        first = fleet.deploy().orThrow().release().orElseThrow().id();
        fleet.write("two");
    }

    @AfterEach
    void end() {
        fleet.close();
    }

    private void full(String host, String file) {
        try {
            Path path = fleet.root(host).resolve(file);
            Files.deleteIfExists(path);
            Files.createSymbolicLink(path, FULL);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void when(Predicate<DeployEvent> moment, Runnable action) {
        fleet.onEvent = event -> {
            if (moment.test(event)) {
                action.run();
            }
        };
    }

    private static Predicate<DeployEvent> start(Phase phase) {
        return event -> event instanceof DeployEvent.PhaseStarted && event.phase() == phase;
    }

    /** The newest release of a host: the one that is being deployed. */
    private Path newest(String host, String where) {
        List<String> names = fleet.names(host, where);
        return fleet.root(host).resolve(where).resolve(names.get(names.size() - 1));
    }

    private void assertNothingIsOpen() {
        Status status = fleet.deployer().status("classic");
        assertThat(status.whole()).isTrue();
        assertThat(fleet.isFree()).isTrue();
        assertThat(HOSTS)
                .allSatisfy(host -> assertThat(fleet.names(host, ".deployflow")).doesNotContain("switching"));
    }

    @Test
    void deploy_whereTheJournalCannotBeWritten_switchesNoHost() throws IOException {
        full(BAD, ".deployflow/switching.new");

        Report report = fleet.deploy();

        assertThat(report.outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(report.failure().orElseThrow())
                .isInstanceOf(RolloutException.class)
                .hasMessageStartingWith(BAD + ": preparing the switch failed");
        assertThat(report.units())
                .extracting(UnitResult::unit, UnitResult::state, UnitResult::detail)
                .containsExactlyElementsOf(HOSTS.stream()
                        .map(host -> tuple(host, State.UNCHANGED, "serves releases/" + first))
                        .toList());
        assertThat(report.warnings()).isEmpty();
        assertThat(fleet.read("current/app.txt")).containsOnly("one");
        assertNothingIsOpen();

        Files.delete(fleet.root(BAD).resolve(".deployflow/switching.new"));
        fleet.deploy().orThrow();
        assertThat(fleet.read("current/app.txt")).containsOnly("two");
    }

    @Test
    void deploy_whereTheLogCannotBeWritten_isConfirmedAllTheSame_andSaysWhatTheLogLacks() {
        HOSTS.forEach(host -> full(host, "revisions.log"));

        Report report = fleet.deploy();

        assertThat(report.outcome()).isEqualTo(Outcome.DEPLOYED);
        assertThat(report.units()).extracting(UnitResult::state).containsOnly(State.SWITCHED);
        assertThat(report.warnings())
                .hasSize(HOSTS.size())
                .allMatch(warning ->
                        warning.matches("app[123]: revisions\\.log cannot be written, so it lacks this release: .+"));
        assertNothingIsOpen();

        fleet.write("three");
        Report next = fleet.deploy();
        assertThat(next.warnings()).noneMatch(warning -> warning.contains("cut short"));
        assertThat(fleet.read("current/app.txt")).containsOnly("three");
    }

    @Test
    void deploy_whereOneHostCannotRecordThatItIsGood_saysSo_andTheNextCommandRecordsIt() throws IOException {
        // A file stands where the mark should go in.
        when(start(Phase.CLEANUP), () -> replace(newest(BAD, ".deployflow/releases")));

        Report report = fleet.deploy();

        String id = report.release().orElseThrow().id();
        assertThat(report.outcome()).isEqualTo(Outcome.DEPLOYED);
        assertThat(report.warnings())
                .singleElement()
                .asString()
                .startsWith(BAD + ": recording that " + id + " is good failed");
        Status status = fleet.deployer().status("classic");
        assertThat(status.whole()).isFalse();
        assertThat(status.notices())
                .containsExactly(BAD + ": a switch from releases/" + first + " to " + id
                        + " was not confirmed; the next deploy or rollback takes it back");

        fleet.onEvent = event -> {};
        Files.delete(newest(BAD, ".deployflow/releases"));
        fleet.settings.build = List.of("exit 1");
        assertThat(fleet.deploy().warnings())
                .containsExactly(
                        BAD + ": the deploy of " + id + " had been cut short at its very end; it is finished now");
        assertThat(fleet.read("current/app.txt")).containsOnly("two");
        assertNothingIsOpen();
    }

    private void replace(Path directory) {
        try {
            Files.move(directory, fleet.root(BAD).resolve("aside"));
            Files.createFile(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void makeDirectory(Path path) {
        try {
            Files.createDirectory(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void deploy_whereTheMarkOfAFailureCannotBeWritten_hasPutTheHostBackAllTheSame() {
        fleet.settings.health = TestSettings.command("grep one app.txt", 1);
        when(
                start(Phase.ROLLOUT),
                () -> makeDirectory(newest(BAD, ".deployflow/releases").resolve("failed")));

        Report report = fleet.deploy();

        String id = report.release().orElseThrow().id();
        assertThat(report.outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(report.units())
                .extracting(UnitResult::unit, UnitResult::state, UnitResult::detail)
                .containsExactlyElementsOf(HOSTS.stream()
                        .map(host -> tuple(host, State.RESTORED, "serves again releases/" + first))
                        .toList());
        assertThat(report.warnings())
                .singleElement()
                .asString()
                .startsWith(BAD + ": " + id + " cannot be marked as failed: ");
        assertThat(fleet.read("current/app.txt")).containsOnly("one");
        assertNothingIsOpen();
    }
}
