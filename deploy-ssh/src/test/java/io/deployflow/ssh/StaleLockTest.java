package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A lock whose holder is gone without a reboot, or hangs where nobody hears it any more. */
@Timeout(60)
class StaleLockTest {
    private static final String OWNER = "bob@desk since noon";

    @TempDir
    private Path temp;

    private LocalSession deploy(String who) throws IOException {
        return LocalSession.of(
                temp, new LockCommands(temp.toString()).take(new LockCommands.Claim(who, "the word of " + who)));
    }

    private static String answer(LocalSession session) throws IOException {
        return session.line("locked|held .*|stale .*");
    }

    private void isTakenOver() throws IOException {
        try (LocalSession next = deploy("carol")) {
            assertThat(answer(next)).isEqualTo("stale " + OWNER);
            assertThat(answer(next)).isEqualTo("locked");
        }
        assertThat(left()).isEmpty();
    }

    private void isRefused() throws IOException {
        try (LocalSession next = deploy("carol")) {
            assertThat(answer(next)).startsWith("held ");
        }
        assertThat(left()).contains("lock");
    }

    private List<String> left() throws IOException {
        try (Stream<Path> list = Files.list(temp.resolve(".deployflow"))) {
            return list.map(path -> path.getFileName().toString()).toList();
        }
    }

    private static String command(Process process) throws IOException {
        return Files.readString(Path.of("/proc/" + process.pid() + "/comm")).strip();
    }

    private void holds(long pid, long started) throws IOException {
        String boot =
                Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        Files.createDirectories(temp.resolve(".deployflow/lock"));
        Files.writeString(
                temp.resolve(".deployflow/lock/owner"), boot + " " + pid + " " + started + "\n" + OWNER + "\nword\n");
    }

    /** As the kernel counts it, in the 22nd field. */
    private static long started(long pid) throws IOException {
        return Long.parseLong(stat(pid)[19]);
    }

    private static String[] stat(long pid) throws IOException {
        return Files.readString(Path.of("/proc/" + pid + "/stat"))
                .replaceFirst(".*\\) ", "")
                .split(" ");
    }

    @Test
    void take_whereEveryProcessOfTheSessionWasKilled_takesItOver() throws Exception {
        LocalSession session = deploy(OWNER);
        assertThat(answer(session)).isEqualTo("locked");

        session.kill();

        isTakenOver();
    }

    @Test
    void take_whereTheHoldersIdIsAnotherProcessesNow_takesItOver() throws IOException {
        long alive = ProcessHandle.current().pid();

        holds(alive, started(alive));
        isRefused();
        holds(alive, started(alive) - 1);
        isTakenOver();
    }

    @Test
    void take_whereTheHolderHasEndedAndNobodyAskedForItsStatus_takesItOver() throws IOException {
        // What runs in the shell's place never waits for the shell's child, as the first process of many containers.
        Process parent = new ProcessBuilder("/bin/sh", "-c", "sleep 1000 & exec sleep 1000").start();
        try {
            await().until(() ->
                    parent.children().count() == 1 && !command(parent).endsWith("sh"));
            ProcessHandle child = parent.children().findFirst().orElseThrow();
            holds(child.pid(), started(child.pid()));
            isRefused();

            child.destroyForcibly();
            await().until(() -> stat(child.pid())[0].equals("Z"));

            isTakenOver();
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void take_whereWhoMadeTheLockWasKilledBeforeItSigned_takesItOverAfterAWhile() throws IOException {
        Path lock = Files.createDirectories(temp.resolve(".deployflow/lock"));
        isRefused();

        Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minusSeconds(180)));
        try (LocalSession next = deploy("carol")) {
            assertThat(answer(next)).isEqualTo("stale nobody known");
            assertThat(answer(next)).isEqualTo("locked");
        }
    }

    @Test
    void session_thatHangsWhereNobodyHearsIt_holdsTheLockUntilThatIsForced_andCanDoNothingAfterwards()
            throws Exception {
        Files.createDirectories(temp.resolve("releases/20260101000000"));
        ReleaseCommands commands = new ReleaseCommands(temp.toString());
        ManualLockCommands byHand = new ManualLockCommands(temp.toString());
        LocalSession hanging = deploy(OWNER);
        assertThat(answer(hanging)).isEqualTo("locked");
        hanging.step(commands.prepareSwitch("20260101000000"));

        isRefused();
        assertThat(ScriptRun.of(byHand.unlock(false), "").output()).containsExactly("held " + OWNER);
        assertThat(ScriptRun.of(byHand.unlock(true), "").output()).containsExactly("forced " + OWNER);
        try (LocalSession next = deploy("carol")) {
            assertThat(answer(next)).isEqualTo("locked");

            hanging.step(commands.switchTo("20260101000000"));
            hanging.close();

            assertThat(hanging.line("the lock was lost.*"))
                    .isEqualTo("the lock was lost meanwhile, so the switch was called off");
            assertThat(temp.resolve("current")).doesNotExist();
            assertThat(temp.resolve(".deployflow/lock/owner")).content().contains("carol");
        }
    }
}
