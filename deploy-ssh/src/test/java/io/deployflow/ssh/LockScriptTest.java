package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lock's script itself, run by this machine's {@code sh}. */
class LockScriptTest {
    private static final int ROUNDS = 10;
    private static final int AT_ONCE = 6;

    @TempDir
    private Path temp;

    private Process start(String prefix) throws IOException {
        String script = prefix + new LockCommands(temp.toString()).hold("somebody");
        return new ProcessBuilder("/bin/sh", "-c", script)
                .redirectErrorStream(true)
                .start();
    }

    /** Reads until the script has said whether it has the lock. */
    private static String answer(Process process) throws IOException {
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        String line = lines.readLine();
        while (line != null && line.startsWith("stale ")) {
            line = lines.readLine();
        }
        return String.valueOf(line);
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
            List<Process> processes = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                processes.add(start(""));
            }
            List<String> answers = new ArrayList<>();
            for (Process process : processes) {
                answers.add(answer(process));
            }

            assertThat(answers).containsOnlyOnce("locked").allMatch(text -> text.matches("locked|held .*"));
            for (Process process : processes) {
                process.getOutputStream().close();
                process.waitFor();
            }
            assertThat(left()).isEmpty();
        }
    }

    @Test
    void hold_whenTheDiskIsFull_saysSoInsteadOfBlamingSomebody() throws Exception {
        Process process =
                start("mkdir() { case $1 in -p) command mkdir \"$@\";; *) echo 'No space left'; return 1;; esac; }\n");

        assertThat(answer(process)).isEqualTo(temp + " cannot be written: No space left");
        assertThat(process.waitFor()).isEqualTo(LockCommands.UNWRITABLE);
    }
}
