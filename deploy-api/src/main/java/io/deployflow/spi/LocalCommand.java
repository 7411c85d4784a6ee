package io.deployflow.spi;

import io.deployflow.CancellationToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

    // How long to wait for output after the end, and for an end after asking for it.
    private static final Duration LINGER = Duration.ofSeconds(5);
    private static final Duration GRACE = Duration.ofSeconds(5);

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
     * Runs it to its end; cancelling ends it and its children. A process that it leaves behind is not waited for, even
     * if that holds its output open.
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
            Lines lines = Lines.read(process.getInputStream(), output);
            int status = process.waitFor();
            lines.awaitEnd();
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
        if (process.isAlive() || !children.isEmpty()) {
            CompletableFuture.delayedExecutor(GRACE.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> {
                        process.destroyForcibly();
                        children.forEach(ProcessHandle::destroyForcibly);
                    });
        }
    }

    /** The lines that a process writes, read on a thread of their own. */
    private static final class Lines {
        private final Consumer<String> output;
        private final CompletableFuture<Void> end = new CompletableFuture<>();
        private boolean abandoned;

        private Lines(Consumer<String> output) {
            this.output = output;
        }

        static Lines read(InputStream in, Consumer<String> output) {
            Lines lines = new Lines(output);
            Thread thread = new Thread(() -> lines.readAll(in), "deployflow-output");
            thread.setDaemon(true);
            thread.start();
            return lines;
        }

        private void readAll(InputStream in) {
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                reader.lines().forEach(this::tell);
                end.complete(null);
            } catch (IOException | RuntimeException e) {
                end.completeExceptionally(e);
            }
        }

        private synchronized void tell(String line) {
            if (!abandoned) {
                output.accept(line);
            }
        }

        private synchronized void abandon() {
            abandoned = true;
        }

        void awaitEnd() throws IOException, InterruptedException {
            try {
                end.get(LINGER.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                abandon();
            } catch (ExecutionException e) {
                throw new IOException("the output cannot be read: " + e.getCause(), e);
            }
        }
    }
}
