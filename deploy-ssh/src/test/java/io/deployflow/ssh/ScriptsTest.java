package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.CancellationToken;
import io.deployflow.spi.LocalCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
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
    private ReleaseCommands commands = new ReleaseCommands("/nowhere");

    @BeforeEach
    void makeRoot() throws IOException {
        root = Files.createDirectory(temp.resolve("bob's $(shop) \\ 1%s"));
        commands = new ReleaseCommands(root.toString());
        Files.createDirectories(root.resolve(".deployflow/lock"));
        hold("this session");
        makeRelease(OLD);
        makeRelease(NEW);
        Files.createSymbolicLink(root.resolve("current"), Path.of("releases/" + OLD));
    }

    private void makeRelease(String id) throws IOException {
        Files.createDirectories(root.resolve("releases/" + id));
    }

    private void hold(String holder) throws IOException {
        Files.writeString(root.resolve(".deployflow/lock/owner"), holder + "\nsomebody\n");
    }

    private int sh(String script) throws IOException {
        said.clear();
        return LocalCommand.shell("me='this session'\n" + script, temp, Map.of())
                .run(said::add, CancellationToken.create());
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
        assertThat(sh(finish(OLD))).isZero();
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

    private String finish(String id, String... excess) {
        return commands.finish(id, "Branch bob's (at 1%s) deployed as release " + id + " by bob", List.of(excess));
    }

    private List<String> trash() throws IOException {
        try (Stream<Path> list = Files.list(root.resolve(".deployflow/trash"))) {
            return list.map(path -> path.getFileName().toString()).toList();
        }
    }

    @Test
    void finish_ofASwitch_marksItGoodLogsItAndEndsTheJournal() throws IOException {
        sh(commands.prepareSwitch(NEW));
        Files.createDirectories(root.resolve(".deployflow/releases/" + NEW));
        Files.createFile(root.resolve(".deployflow/releases/" + NEW + "/failed"));

        assertThat(sh(finish(NEW))).isZero();
        assertThat(sh(finish(NEW))).as("once more, after a lost answer").isZero();

        assertThat(root.resolve(".deployflow/releases/" + NEW + "/good")).exists();
        assertThat(root.resolve(".deployflow/releases/" + NEW + "/failed")).doesNotExist();
        assertThat(root.resolve(".deployflow/switching")).doesNotExist();
        assertThat(root.resolve(".deployflow/trash")).doesNotExist();
        assertThat(Files.readAllLines(root.resolve("revisions.log")))
                .containsExactly("Branch bob's (at 1%s) deployed as release " + NEW + " by bob");
    }

    @Test
    void finish_withOldReleases_movesThemAwayAndLetsThemBeRemovedWithoutBeingWaitedFor() throws Exception {
        makeRelease("20250101000000");
        Files.createDirectories(root.resolve("releases/20250101000000/a/read only"));
        Files.createDirectories(root.resolve(".deployflow/trash/20240101000000.17/left"));
        Files.createDirectories(root.resolve(".deployflow/releases/20250101000000"));

        assertThat(sh(finish(NEW, "20250101000000"))).isZero();

        assertThat(said).isEmpty();
        assertThat(releases()).containsExactly(OLD, NEW);
        await(() -> trash().isEmpty() && Files.notExists(root.resolve(".deployflow/releases/20250101000000")));
    }

    @Test
    void finish_whereSomethingCannotBeMovedAway_saysSoAndMovesTheOthers() throws Exception {
        makeRelease("20250101000000");
        String stubborn = "mv() { case $1 in *20250101000000) return 1;; esac; command mv \"$@\"; }\n";

        assertThat(sh(stubborn + finish(NEW, "20250101000000", OLD))).isZero();

        assertThat(said).containsExactly("kept releases/20250101000000");
        assertThat(releases()).containsExactly("20250101000000", NEW);
        await(() -> trash().isEmpty());
    }

    @Test
    void finish_whereSomethingStaysInTheTrash_saysSo() throws Exception {
        Path left = Files.createDirectories(root.resolve(".deployflow/trash/20240101000000.17"));
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minusSeconds(7200)));

        assertThat(sh(finish(NEW))).isZero();

        assertThat(said).containsExactly("stuck .deployflow/trash/20240101000000.17");
        await(() -> trash().isEmpty());
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws Exception {
        for (int i = 0; i < 1_000 && !condition.holds(); i++) {
            Thread.sleep(20);
        }
        assertThat(condition.holds()).isTrue();
    }

    @Test
    void runHook_givesTheCommandItsVariablesAndNoInput() throws IOException {
        String odd = "it's $(odd)\n\\";
        String exports = "export ODD=" + Sh.quote(odd) + "\n";

        assertThat(sh(commands.runHook(
                        "releases/" + OLD, exports, "printf '%s|%s' \"$ODD\" \"$(basename \"$PWD\")\"; cat")))
                .isZero();

        assertThat(String.join("\n", said)).isEqualTo(odd + "|" + OLD);
    }

    @Test
    void switchTo_whereTheLockIsAnothersMeanwhile_renamesNothing() throws IOException {
        sh(commands.prepareSwitch(NEW));
        hold("another session");

        assertThat(sh(commands.switchTo(NEW))).isEqualTo(1);
        assertThat(said).containsExactly("the lock was lost meanwhile, so the switch was called off");
        assertThat(current()).hasToString("releases/" + OLD);
        assertThat(sh(commands.prepareSwitch(OLD))).isEqualTo(1);
    }

    @Test
    void switchTo_thatHangsBeforeItsRename_isCalledOffByWhoTakesTheLockOver() throws IOException {
        sh(commands.prepareSwitch(NEW));
        String meanwhile = "mv() { (unset -f mv; set +eu; me='b 1 1'\n"
                + new LockCommands(root.toString()).take(new LockCommands.Claim("carol", "word"))
                + ") >&2; command mv \"$@\"; }\n";
        hold("another-boot 1 1");

        assertThat(sh("me='another-boot 1 1'\n" + meanwhile + commands.switchTo(NEW)))
                .isNotZero();
        assertThat(said).contains("locked");
        assertThat(current()).hasToString("releases/" + OLD);
    }
}
