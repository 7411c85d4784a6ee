package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.CancellationToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The session's program itself, run by every shell of this machine that a host may have. */
class SessionScriptTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path temp;

    private final CancellationToken token = CancellationToken.create();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private RemoteShell shell = shell(new LocalHost());

    private RemoteShell shell(LocalHost machine) {
        return new RemoteShell(
                HostAddress.parse("app1"), new Connections(endpoint -> machine, LIMIT), "/it's 100%/a$b", LIMIT);
    }

    @AfterEach
    void close() {
        shell.close();
    }

    static Stream<LocalHost> machines() {
        Stream<LocalHost> shells = Stream.of(
                        "/bin/sh", "dash", "bash", "bash --posix", "busybox ash", "mksh", "ksh93", "yash")
                .filter(SessionScriptTest::isHere)
                .map(sh -> new LocalHost("/bin/sh", sh));
        Stream<LocalHost> logins = Stream.of("bash", "tcsh", "csh", "fish", "zsh", "mksh")
                .filter(SessionScriptTest::isHere)
                .map(login -> new LocalHost(login, "/bin/sh"));
        return Stream.concat(shells, logins);
    }

    private static boolean isHere(String sh) {
        String program = sh.split(" ", 2)[0];
        return Stream.of("/bin/", "/usr/bin/")
                .anyMatch(dir -> Files.isExecutable(Path.of(dir).resolve(program)));
    }

    private CommandResult run(String script) {
        return shell.run(script, token);
    }

    private CommandResult command(String script) {
        return shell.run(script, LIMIT, told::add, token);
    }

    private CommandResult send(String text, String script) throws IOException {
        return shell.send(Files.writeString(temp.resolve("payload"), text), script, sent -> {}, token);
    }

    @ParameterizedTest
    @MethodSource("machines")
    void session_ofManyScripts_answersEachAsItEnded(LocalHost machine) throws IOException {
        shell = shell(machine);

        assertThat(run("echo \"$root\"\necho out\necho err >&2\nexit 3\n"))
                .isEqualTo(result(3, List.of("/it's 100%/a$b", "out"), List.of("err")));
        assertThat(run("printf 'no newline at the end'"))
                .isEqualTo(result(0, List.of("no newline at the end"), List.of()));
        assertThat(run("printf '\\n\\na\\n\\n'")).isEqualTo(result(0, List.of("", "", "a", ""), List.of()));
        assertThat(run(":")).isEqualTo(result(0, List.of(), List.of()));
        assertThat(run("set -eu\ntrap 'echo bye' EXIT\nfalse\necho not here"))
                .isEqualTo(result(1, List.of("bye"), List.of()));
        assertThat(run("cat; x='it'\\''s \\\\ \"odd\" `echo ü`'; printf '%s\\n' \"$x\"")
                        .output())
                .containsExactly("it's \\\\ \"odd\" `echo ü`");
        assertThat(run("x=leaked; cd /; f() { :; }").status()).isZero();
        assertThat(run("echo \"${x-none}\"; f").status()).isEqualTo(127);
        assertThat(run("sh -c 'kill -KILL $PPID'; sleep 5").status()).isEqualTo(128 + 9);

        assertThat(send("0123456789", "cat").output()).containsExactly("0123456789");
        assertThat(send("0123456789", "set -e\nhead -c 3 >/dev/null\necho no space >&2\nexit 9"))
                .isEqualTo(result(9, List.of(), List.of("no space")));
        assertThat(send("x".repeat(200_000), "exit 4").status()).isEqualTo(4);
        assertThat(send("step 0\nexit 5\n", ":").status()).isZero();

        assertThat(command("printf 'a\\n\\nb'; echo c >&2; exec /bin/sh -c 'exit 6'"))
                .isEqualTo(result(6, List.of("a", "", "bc"), List.of()));
        assertThat(told).containsExactly("a", "", "bc");
        assertThat(run("echo still in step").output()).containsExactly("still in step");
    }

    private static CommandResult result(int status, List<String> output, List<String> error) {
        return new CommandResult(HostAddress.parse("app1"), status, output, error);
    }

    @ParameterizedTest
    @MethodSource("machines")
    void command_thatLeavesAProcessBehind_endsWithoutIt_andTheProcessIsNeverTakenForAnAnswer(LocalHost machine) {
        shell = shell(machine);

        CommandResult left = command("(sleep 0.3; echo late; sleep 20) & echo started");
        CommandResult next = run("sleep 0.6; echo mine");

        assertThat(left).isEqualTo(result(0, List.of("started"), List.of()));
        assertThat(next).isEqualTo(result(0, List.of("mine"), List.of()));
    }
}
