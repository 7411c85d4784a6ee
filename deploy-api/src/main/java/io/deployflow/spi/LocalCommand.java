package io.deployflow.spi;

import io.deployflow.CancellationToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A command on the machine that deploys. Its standard input is empty; error and standard output come as one stream of
 * lines.
 *
 * @param words the program and its arguments
 * @param directory where it runs
 * @param environment set on top of the process's own
 */
public record LocalCommand(List<String> words, Path directory, Map<String, String> environment) {

    /** Copies the words and the environment. */
    public LocalCommand {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    /** A line for {@code /bin/sh}. */
    public static LocalCommand shell(String line, Path directory, Map<String, String> environment) {
        return new LocalCommand(List.of("/bin/sh", "-c", line), directory, environment);
    }

    /**
     * Runs it to its end; cancelling ends it and its children.
     *
     * @param output is given each line
     * @return the exit status; 128 + N where signal N ended it
     * @throws IOException if it cannot be started or read
     * @throws io.deployflow.DeployCancelledException if cancelled
     */
    public int run(Consumer<String> output, CancellationToken cancellation) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (CancellationToken.Registration registration = cancellation.onCancel(() -> end(process))) {
            process.getOutputStream().close();
            try (BufferedReader reader =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                reader.lines().forEach(output);
            }
            int status = process.waitFor();
            cancellation.throwIfCancelled();
            return status;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while running " + words.get(0), e);
        } finally {
            end(process);
        }
    }

    /** The parent first, so that it cannot go on to its next command when a child ends. */
    private static void end(Process process) {
        List<ProcessHandle> children = process.descendants().toList();
        process.toHandle().destroy();
        children.forEach(ProcessHandle::destroy);
    }
}
