package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.CancellationToken;
import io.deployflow.spi.LocalCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts themselves, run by this machine's {@code sh} in an odd place. */
class ScriptsTest {
    private static final String OLD = "20260101000000";
    private static final String NEW = "20260101000001";

    @TempDir
    private Path temp;

    private final List<String> said = new ArrayList<>();
    private Path root = Path.of("");
    private ReleaseCommands commands = new ReleaseCommands("/nowhere", List.of(), List.of());

    @BeforeEach
    void makeRoot() throws IOException {
        root = Files.createDirectory(temp.resolve("bob's $(shop) \\ 1%s"));
        commands = new ReleaseCommands(root.toString(), List.of(), List.of());
        Files.createDirectories(root.resolve(".deployflow"));
        makeRelease(OLD);
        makeRelease(NEW);
        Files.createSymbolicLink(root.resolve("current"), Path.of("releases/" + OLD));
    }

    private void makeRelease(String id) throws IOException {
        Files.createDirectories(root.resolve("releases/" + id));
    }

    private int sh(String script) throws IOException {
        said.clear();
        return LocalCommand.shell(script, temp, Map.of()).run(said::add, CancellationToken.create());
    }

    private Path current() throws IOException {
        return Files.readSymbolicLink(root.resolve("current"));
    }

    private List<String> releases() throws IOException {
        try (Stream<Path> list = Files.list(root.resolve("releases"))) {
            return list.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    // What another account owns: neither rm nor chmod may touch it. Root, who may, must see the same in this test.
    private static String unremovable(String name) {
        return """
                rm() { case "$*" in *%1$s*) echo "rm: %1$s: Permission denied" >&2; return 1;; esac; command rm "$@"; }
                chmod() { return 1; }
                """.formatted(name);
    }

    @Test
    void switchThere_andBack_movesTheLinkAndEndsTheJournal() throws IOException {
        assertThat(sh(commands.prepareSwitch(NEW))).isZero();
        assertThat(sh(commands.switchTo(NEW))).isZero();
        assertThat(current()).hasToString("releases/" + NEW);
        assertThat(sh(commands.switchBack(NEW))).isZero();
        assertThat(said).containsExactly("restored releases/" + OLD);
        assertThat(sh(commands.markFailed(NEW))).isZero();

        assertThat(current()).hasToString("releases/" + OLD);
        assertThat(root.resolve(".deployflow/switching")).doesNotExist();
    }

    @Test
    void switchBack_whereTheReleaseBeforeIsGone_failsInsteadOfPublishingAStaleLink() throws IOException {
        sh(commands.prepareSwitch(NEW));
        sh(commands.switchTo(NEW));
        Files.delete(root.resolve("releases/" + OLD));

        assertThat(sh(commands.switchBack(NEW))).isNotZero();
        assertThat(said).containsExactly("releases/" + OLD + ", which was live before, is not there");
        assertThat(current()).hasToString("releases/" + NEW);
    }

    @Test
    void marks_ofADeployThatLostItsLock_leaveTheJournalOfTheOneThatHasIt() throws IOException {
        sh(commands.prepareSwitch(NEW));

        assertThat(sh(commands.markFailed(OLD))).isZero();
        assertThat(sh(commands.markGood(OLD))).isZero();
        assertThat(sh(commands.forgetSwitch(OLD))).isZero();

        assertThat(sh(commands.switchTo(NEW))).isZero();
        assertThat(sh(commands.switchBack(NEW))).isZero();
        assertThat(current()).hasToString("releases/" + OLD);
    }

    @Test
    void prune_whatCannotBeRemoved_failsInTheEndButRemovesTheOthers() throws IOException {
        makeRelease("20250101000000");

        int status = sh(unremovable("releases/20250101000000.tmp") + commands.prune(List.of("20250101000000", OLD)));

        assertThat(status).isEqualTo(1);
        assertThat(said).last().isEqualTo("these cannot be removed: releases/20250101000000.tmp");
        assertThat(releases()).containsExactly("20250101000000.tmp", NEW);
    }

    @Test
    void stage_whereALeftoverCannotBeRemoved_goesOn() throws IOException {
        makeRelease("20250101000000.tmp");

        sh(unremovable("releases/20250101000000.tmp") + commands.stage("20260101000002", "0"));

        assertThat(said)
                .contains("releases/20250101000000.tmp cannot be removed")
                .anyMatch(line -> line.contains("tar"));
    }

    @Test
    void stage_whereAnArchiveIsNoArchive_removesLeftoversAndNothingElse() throws IOException {
        makeRelease("20250101000000.tmp");
        makeRelease("2019-backup.tmp");

        assertThat(sh(commands.stage("20260101000002", "0"))).isNotZero();

        assertThat(releases()).containsExactly("2019-backup.tmp", OLD, NEW);
    }
}
