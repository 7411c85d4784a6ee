package io.deployflow.internal.flow;

import io.deployflow.CancellationToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A script that runs in a process group of its own: cancelling ends the whole group, first asked (SIGTERM), then not.
 * Its standard input is empty; error and standard output come as one stream.
 */
final class ShellProcess {
    private static final Logger LOG = LoggerFactory.getLogger(ShellProcess.class);
    private static final long GRACE_SECONDS = 5;
    /** How long to wait for output after the end: what was left running may hold the stream open. */
    private static final long LINGER_MILLIS = 1000;

    private static final int CHUNK = 64 * 1024;
    private static final Path BASH = Path.of("/bin/bash");

    private final Process process;
    private final Thread reader;
    private final boolean grouped;

    private ShellProcess(Process process, OutputLines output, boolean grouped) {
        this.process = process;
        this.grouped = grouped;
        this.reader = new Thread(() -> read(process.getInputStream(), output), "flow-output");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a script.
     *
     * @param script its file
     * @param environment all of its variables
     * @param output is given what it writes, on a thread of its own
     * @throws IOException if it cannot be started
     */
    static ShellProcess start(Path script, Path directory, Map<String, String> environment, OutputLines output)
            throws IOException {
        List<String> words = new ArrayList<>();
        MarkedProcesses.groupLeader().ifPresent(words::add);
        boolean grouped = !words.isEmpty();
        if (Files.isExecutable(BASH)) {
            words.addAll(List.of(BASH.toString(), "-eo", "pipefail", script.toString()));
        } else {
            words.addAll(List.of("/bin/sh", "-e", script.toString()));
        }
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return new ShellProcess(process, output, grouped);
    }

    /**
     * Waits for its end.
     *
     * @return its exit status; 128 + N where signal N ended it
     * @throws io.deployflow.DeployCancelledException if cancelled
     */
    int await(CancellationToken cancellation) {
        try (CancellationToken.Registration registration = cancellation.onCancel(this::end)) {
            int status = process.waitFor();
            reader.join(LINGER_MILLIS);
            cancellation.throwIfCancelled();
            return status;
        } catch (InterruptedException e) {
            end();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a step runs", e);
        }
    }

    private void end() {
        signal("TERM");
        CompletableFuture.delayedExecutor(GRACE_SECONDS, TimeUnit.SECONDS).execute(() -> {
            if (process.isAlive()) {
                signal("KILL");
            }
        });
    }

    private void signal(String name) {
        if (!grouped) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            return;
        }
        try {
            int status = new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " -" + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            LOG.debug("signal {} to group {}: {}", name, process.pid(), status);
        } catch (IOException e) {
            LOG.warn("process {} cannot be signalled", process.pid(), e);
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private static void read(InputStream in, OutputLines output) {
        byte[] chunk = new byte[CHUNK];
        try (in) {
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                output.accept(chunk, count);
            }
        } catch (IOException e) {
            LOG.debug("the output of a step ended", e); // It was killed.
        }
        output.end();
    }
}
