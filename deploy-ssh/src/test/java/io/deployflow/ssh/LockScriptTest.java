package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The lock's script itself, run by this machine's {@code sh}. */
class LockScriptTest {
    private static final int ROUNDS = 10;
    private static final int AT_ONCE = 6;

    @TempDir
    private Path temp;

    private LocalSession start(String prefix) throws IOException {
        return LocalSession.of(
                temp,
                prefix
                        + new LockCommands(temp.toString())
                                .take(claim(UUID.randomUUID().toString())));
    }

    private static LockCommands.Claim claim(String token) {
        return new LockCommands.Claim("somebody", token);
    }

    private LocalSession start(String sh, String token) throws IOException {
        LocalSession session = LocalSession.of(sh, temp, new LockCommands(temp.toString()).take(claim(token)));
        assertThat(answer(session)).isEqualTo("locked");
        return session;
    }

    /** What somebody else is told who wants the lock. */
    private String refusal() throws IOException {
        try (LocalSession other = start("")) {
            return answer(other);
        }
    }

    /** Runs on until it is told to end. */
    private String slowHook() {
        return "cd %s; echo begun; until [ -e go ]; do sleep 0.1; done; echo 1; echo 2; sleep 0.1; echo 3; : > ended"
                .formatted(Sh.quote(temp.toString()));
    }

    /** What the script has said, in the end, about the lock. */
    private static String answer(LocalSession session) throws IOException {
        return session.line("locked|held .*|.* cannot be written.*");
    }

    private List<String> left() throws IOException {
        try (Stream<Path> list = Files.list(temp.resolve(".deployflow"))) {
            return list.map(path -> path.getFileName().toString()).toList();
        }
    }

    @Test
    void hold_ofSeveralThatFindTheHolderGone_onlyOneGetsTheLock() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Files.createDirectories(temp.resolve(".deployflow/lock"));
            Files.writeString(temp.resolve(".deployflow/lock/owner"), "another-boot 1 1\nsomebody\n");
            List<LocalSession> sessions = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                sessions.add(start(""));
            }
            List<String> answers = new ArrayList<>();
            for (LocalSession session : sessions) {
                answers.add(answer(session));
            }

            assertThat(answers).containsOnlyOnce("locked").allMatch(text -> text.matches("locked|held .*"));
            sessions.forEach(LocalSession::close);
            assertThat(left()).isEmpty();
        }
    }

    @Test
    void hold_whenTheDiskIsFull_saysSoInsteadOfBlamingSomebody() throws Exception {
        try (LocalSession session = start(
                "mkdir() { case $1 in -p) command mkdir \"$@\";; *) echo 'No space left'; return 1;; esac; }\n")) {
            assertThat(answer(session)).isEqualTo(temp + " cannot be written: No space left");
            assertThat(session.line("\\S+ \\d+")).endsWith(" " + LockCommands.UNWRITABLE);
        }
    }

    static Stream<String> shells() {
        return Stream.of("/bin/sh", "dash", "bash", "busybox ash", "mksh")
                .filter(sh -> Files.isExecutable(Path.of("/bin").resolve(sh.split(" ", 2)[0])));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void hook_whoseConnectionGoes_runsToItsEndUnderTheLock(String sh) throws Exception {
        LocalSession session = start(sh, "mine");
        session.hook(slowHook());
        assertThat(session.line("begun")).isEqualTo("begun");

        session.cut();

        isKeptUntilTheHookHasEnded(session);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void hook_whoseDeployConnectedAgain_isHandedTheLockBack(String sh) throws Exception {
        LocalSession session = start(sh, "mine");
        session.hook(slowHook());
        assertThat(session.line("begun")).isEqualTo("begun");
        session.cut();

        start(sh, "mine").close();

        isKeptUntilTheHookHasEnded(session);
    }

    private void isKeptUntilTheHookHasEnded(LocalSession session) throws Exception {
        assertThat(refusal()).isEqualTo("held somebody, a hook of which is running");
        Files.createFile(temp.resolve("go"));
        session.close();
        assertThat(temp.resolve("ended")).exists();
        assertThat(left()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void hook_thatHasEnded_keepsNoLock(String sh) throws Exception {
        LocalSession session = start(sh, "mine");
        session.hook("echo one; exit 3");
        assertThat(session.line("one|\\S+ 3")).isEqualTo("one");
        assertThat(session.line("\\S+ 3")).endsWith(" 3");
        session.hook("echo two");
        assertThat(session.line("two")).isEqualTo("two");
        session.close();

        assertThat(left()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void hook_withoutTheLock_doesNotBegin(String sh) throws Exception {
        LocalSession session = start(sh, "mine");
        try (LocalSession other = start(sh, "mine")) {
            session.hook("echo it ran");

            assertThat(session.line("no hook may begin.*|it ran")).startsWith("no hook may begin");
            session.close();
            other.hook("echo this one may");
            assertThat(other.line("this one may|no hook.*")).isEqualTo("this one may");
        }
        assertThat(left()).isEmpty();
    }

    @Test
    void take_byTheTokenOfTheHolder_takesItFromASessionThatHangsStill() throws Exception {
        String take = new LockCommands(temp.toString()).take(claim("mine"));
        LocalSession hanging = LocalSession.of(temp, take);
        assertThat(answer(hanging)).isEqualTo("locked");

        try (LocalSession next = LocalSession.of(temp, take)) {
            assertThat(answer(next)).isEqualTo("locked");
            hanging.close();
            assertThat(left()).containsExactly("lock");
            assertThat(answer(LocalSession.of(temp, new LockCommands(temp.toString()).take(claim("another")))))
                    .isEqualTo("held somebody");
        }
        assertThat(left()).isEmpty();
    }
}
