package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script of a person's command, run by this machine's {@code sh} in an odd place. */
class ExecCommandsTest {
    @TempDir
    private Path temp;

    private Path root = Path.of("");

    @BeforeEach
    void makeRoot() throws IOException {
        root = Files.createDirectory(temp.toRealPath().resolve("bob's $(shop) \\ 1%s"));
    }

    private ScriptRun exec(String... words) throws IOException {
        return ScriptRun.of(ExecCommands.run(root.toString(), List.of(words)), "not for the command");
    }

    @Test
    void run_ofOneWord_isAShellCommand() throws IOException {
        assertThat(exec("echo $((1 + 1)) 'a  b'; exit 3")).isEqualTo(new ScriptRun(3, List.of("2 a  b"), List.of()));
    }

    @Test
    void run_ofSeveralWords_givesThemToTheProgramAsTheyAre() throws IOException {
        assertThat(exec("printf", "<%s>\\n", "a  b", "$HOME", "it's", "*", "", "; exit 3", "%d"))
                .isEqualTo(new ScriptRun(
                        0, List.of("<a  b>", "<$HOME>", "<it's>", "<*>", "<>", "<; exit 3>", "<%d>"), List.of()));
    }

    @Test
    void run_whereAReleaseIsLive_runsInItsDirectory() throws IOException {
        Files.createDirectories(root.resolve("releases/20260101000000"));
        Files.createSymbolicLink(root.resolve("current"), Path.of("releases/20260101000000"));

        assertThat(exec("pwd").output()).containsExactly(root + "/releases/20260101000000");
    }

    @Test
    void run_whereNothingIsLive_runsInTheTargetsDirectory() throws IOException {
        assertThat(exec("pwd").output()).containsExactly(root.toString());
        Files.createSymbolicLink(root.resolve("current"), Path.of("releases/gone"));
        assertThat(exec("pwd").output()).containsExactly(root.toString());
    }

    @Test
    void run_whereTheDirectoryIsNotThere_runsNothing() throws IOException {
        Files.delete(root);

        ScriptRun run = exec("echo somewhere");
        assertThat(run.status()).isNotZero();
        assertThat(run.output()).isEmpty();
    }

    @Test
    void run_ofACommandThatReads_givesItNothing() throws IOException {
        assertThat(exec("cat").output()).isEmpty();
    }

    @Test
    void run_whoseConnectionWentBeforeItBegan_endsTheCommandAllTheSame() throws Exception {
        Path script = Files.writeString(
                temp.resolve("script"),
                "echo $$ > pid.new; mv pid.new pid; read -r go < go\n"
                        + ExecCommands.run(root.toString(), List.of("sleep 4242; true")));
        String server = "mkfifo go; setsid sh " + script + " & while [ ! -e pid ]; do sleep 0.1; done";
        Process gone = new ProcessBuilder("/bin/sh", "-c", server)
                .directory(temp.toFile())
                .start();
        assertThat(gone.waitFor()).isZero();

        ProcessHandle session = ProcessHandle.of(
                        Long.parseLong(Files.readString(temp.resolve("pid")).strip()))
                .orElseThrow();
        Files.writeString(temp.resolve("go"), "go\n");

        assertThat(session.onExit()).succeedsWithin(Duration.ofSeconds(20));
    }
}
