package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Other people's commands, which {@code bin/test} installs where they are missing. */
public final class LocalTool {
    private LocalTool() {}

    /** What a command prints; that it fails fails the test, with what it complained of. */
    public static String run(String... words) {
        try {
            Path errors = Files.createTempFile("deployflow-test-", ".err");
            try {
                Process process =
                        new ProcessBuilder(words).redirectError(errors.toFile()).start();
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
            throw new UncheckedIOException(words[0] + " cannot be run: bin/test installs it", e);
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

    /** Has Podman run an image, with a storage of its own that is empty again afterwards. */
    static String podman(Path storage, String image, String... command) {
        List<String> podman = List.of(
                "podman",
                "--root=" + storage.resolve("root"),
                "--runroot=" + storage.resolve("run"),
                "--storage-driver=vfs",
                "--cgroup-manager=cgroupfs");
        List<String> words = new ArrayList<>(podman);
        // This process's own limits: those that Podman would set instead may be more than a machine of CI is given.
        words.addAll(List.of("run", "--rm", "--network=none", "--ulimit=host"));
        words.add(image);
        words.addAll(Arrays.asList(command));
        try {
            return run(words.toArray(String[]::new));
        } finally {
            List<String> clean = new ArrayList<>(podman);
            clean.addAll(List.of("rmi", "--all", "--force"));
            run(clean.toArray(String[]::new));
        }
    }
}
