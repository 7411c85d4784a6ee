package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Other people's commands, which {@code bin/test} installs where they are missing. */
public final class LocalTool {
    private LocalTool() {}

    /** What a command prints; that it fails fails the test, with what it complained of. */
    public static String run(String... words) {
        return run(Map.of(), List.of(words));
    }

    /** The same with variables beside those of this process. */
    static String run(Map<String, String> environment, List<String> words) {
        try {
            Path errors = Files.createTempFile("deployflow-test-", ".err");
            try {
                ProcessBuilder command = new ProcessBuilder(words).redirectError(errors.toFile());
                command.environment().putAll(environment);
                Process process = command.start();
                process.getOutputStream().close();
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(process.waitFor())
                        .as(() -> String.join(" ", words) + ": " + output + complaints(errors))
                        .isZero();
                return output;
            } finally {
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(words.get(0) + " cannot be run: bin/test installs it", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String complaints(Path errors) {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
