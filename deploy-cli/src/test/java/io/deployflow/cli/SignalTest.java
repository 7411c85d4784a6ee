package io.deployflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** In a process of its own: what a signal does to it. TERM, for a background job may ignore INT. */
@Timeout(60)
class SignalTest {
    @TempDir
    Path directory;

    @Test
    void deploy_whenInterrupted_putsBackWhatWasLiveAndEndsAsCancelled() throws Exception {
        Process process = deploy("hang");
        try (BufferedReader output = process.inputReader()) {
            awaitLine(output, "app1  waiting");
            process.toHandle().destroy();

            String rest = String.join("\n", output.lines().toList());
            assertThat(process.waitFor()).isEqualTo(130);
            assertThat(rest)
                    .contains("cancelled: putting back what was live; press again to leave it")
                    .contains("hang was put back: it serves 20260101000000 again");
            assertThat(DeployYml.journal(directory)).hasContent("restored");
        }
    }

    @Test
    void deploy_whenInterruptedTwice_endsAtOnce() throws Exception {
        Process process = deploy("hang_for_ever");
        try (BufferedReader output = process.inputReader()) {
            awaitLine(output, "app1  waiting");
            process.toHandle().destroy();
            awaitLine(output, "press again");
            process.toHandle().destroy();

            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
        }
    }

    private Process deploy(String target) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "deploy",
                        target,
                        "--file",
                        DeployYml.in(directory))
                .redirectErrorStream(true)
                .start();
    }

    private static void awaitLine(BufferedReader output, String text) throws IOException {
        String line = output.readLine();
        while (line != null && !line.contains(text)) {
            line = output.readLine();
        }
        assertThat(line).as("a line with '" + text + "'").isNotNull();
    }
}
