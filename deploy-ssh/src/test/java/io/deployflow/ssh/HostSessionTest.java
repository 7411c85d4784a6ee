package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.CancellationToken;
import io.deployflow.ConfigurationException;
import io.deployflow.DeployCancelledException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What this side does with a session, on a host that is this machine. */
@Timeout(60)
class HostSessionTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path temp;

    private final CancellationToken token = CancellationToken.create();
    private final CountingHost machine = new CountingHost();
    private RemoteShell shell = shell(LIMIT);

    @BeforeEach
    void make() {
        shell = shell(LIMIT);
    }

    @AfterEach
    void close() {
        shell.close();
    }

    private RemoteShell shell(Duration limit) {
        return new RemoteShell(
                HostAddress.parse("app1"),
                new Connections(endpoint -> machine.connection(), LIMIT),
                String.valueOf(temp),
                limit);
    }

    private Path lock() {
        return temp.resolve(".deployflow/lock");
    }

    private HostLock lock(String word, List<String> warnings) {
        return new HostLock(
                shell, new LockCommands(temp.toString()), new LockCommands.Claim("alice", word), warnings::add);
    }

    @Test
    void run_ofManyScripts_opensOneChannel() {
        for (int i = 0; i < 5; i++) {
            shell.run("echo " + i, token).orFail("echo");
        }

        assertThat(machine.channels()).isEqualTo(1);
    }

    @Test
    void run_whenItsTimeIsUp_givesTheConnectionUp_andTheNextOneMakesAnother() {
        shell = shell(Duration.ofMillis(300));

        assertThatThrownBy(() -> shell.run("sleep 20", token))
                .isInstanceOf(HostFailure.class)
                .hasMessage("app1: no end after 0 s");
        assertThat(machine.isOpen()).isFalse();
        assertThat(shell.run("echo again", token).output()).containsExactly("again");
    }

    @Test
    void run_whenCancelled_givesTheConnectionUp() {
        assertThatThrownBy(() -> shell.run("echo begun; sleep 20", LIMIT, line -> token.cancel(), token))
                .isInstanceOf(DeployCancelledException.class);
        assertThat(machine.isOpen()).isFalse();
    }

    @Test
    void run_whereTheAccountMayNotLogIn_saysWhatTheHostSays() {
        machine.login("echo 'This account is currently not available.'; exit 1");

        assertThatThrownBy(() -> shell.run("true", token))
                .hasMessage("app1: no session is possible: exit status 1: This account is currently not available.");
    }

    @Test
    void run_whereTheLoginShellGreets_answersWithoutTheGreeting() {
        machine.login("echo welcome; echo motd >&2; exec /bin/sh -c \"$0\"");

        assertThat(shell.run("echo mine", token))
                .isEqualTo(new CommandResult(HostAddress.parse("app1"), 0, List.of("mine"), List.of()));
    }

    @Test
    void send_whereTheScriptFailsLongBeforeTheEnd_doesNotSendTheRest() throws IOException {
        Path file = temp.resolve("big");
        try (RandomAccessFile big = new RandomAccessFile(file.toFile(), "rw")) {
            big.setLength(1L << 36);
        }

        CommandResult result = shell.send(file, "head -c 10 >/dev/null; echo no space >&2; exit 7", sent -> {}, token);

        assertThat(result.why()).isEqualTo("exit status 7: no space");
        assertThat(shell.run("echo again", token).output()).containsExactly("again");
    }

    @Test
    void send_whereTheScriptReadsNothing_givesUpWhenTheTimeIsUp() throws IOException {
        shell = shell(Duration.ofMillis(500));
        Path file = Files.write(temp.resolve("file"), new byte[1 << 20]);

        assertThatThrownBy(() -> shell.send(file, "sleep 20", sent -> {}, token))
                .hasMessageStartingWith("app1: no end after");
    }

    @Test
    void send_tellsHowMuchIsSent_andInTheEndThatAllIs() throws IOException {
        Path file = Files.write(temp.resolve("file"), new byte[300_000]);
        List<Long> sent = new ArrayList<>();

        assertThat(shell.send(file, "wc -c | tr -d ' '", sent::add, token).lastLine())
                .isEqualTo("300000");

        assertThat(sent).isSorted().endsWith(300_000L);
    }

    @Test
    void lock_isHeldByTheSession_andGoesWithIt() {
        List<String> warnings = new ArrayList<>();
        HostLock lock = lock("word", warnings);
        assertThat(lock.take("echo under it", token)).containsExactly("locked", "under it");
        assertThat(lock()).exists();

        lock.close();

        assertThat(lock()).doesNotExist();
        assertThat(warnings).isEmpty();
        assertThat(machine.channels()).isEqualTo(1);
    }

    @Test
    void lock_whenTheConnectionBreaks_isTakenAgainBeforeAnythingElse() {
        HostLock lock = lock("word", new ArrayList<>());
        lock.take("", token);

        machine.connection().close();

        assertThat(shell.run("sed -n 3p '" + lock() + "/owner'", token).output())
                .containsExactly("word");
        lock.close();
        assertThat(lock()).doesNotExist();
    }

    @Test
    void lock_ofAHostThatHasTwoNames_isRefusedForTheSecond() {
        HostLock lock = lock("word for app1", new ArrayList<>());
        lock.take("", token);
        try (RemoteShell second = shell(LIMIT)) {
            HostLock other = new HostLock(
                    second,
                    new LockCommands(temp.toString()),
                    new LockCommands.Claim("alice", "word for localhost"),
                    warning -> {});

            assertThatThrownBy(() -> other.take("echo " + "must not run", token))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage("app1: this deploy has locked it already, under another name");
        }
        assertThat(lock()).exists();
        lock.close();
    }

    @Test
    void lock_whenAnotherTookItWhileTheConnectionWasAway_isNotWorkedWithout() throws IOException {
        HostLock lock = lock("word", new ArrayList<>());
        lock.take("", token);
        machine.connection().close();
        Files.createDirectories(lock());
        Files.writeString(lock().resolve("owner"), "manual\nbob since noon: lunch\n");

        assertThatThrownBy(() -> shell.run("echo " + "must not run", token))
                .hasMessage("app1: locked by hand by bob since noon: lunch");
    }
}
