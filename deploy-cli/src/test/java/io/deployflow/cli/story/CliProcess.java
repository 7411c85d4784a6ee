package io.deployflow.cli.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** The command line, running as a process of its own: the jar that is shipped, started as its launcher starts it. */
final class CliProcess implements AutoCloseable {
    private static final Path JAR = Path.of(System.getProperty("basedir", "."), "target", "deploy-cli.jar");
    private static final Path ARCHIVE =
            JAR.resolveSibling("stories-" + ProcessHandle.current().pid() + ".jsa");
    private static final AtomicReference<Archive> ARCHIVED = new AtomicReference<>(Archive.MISSING);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration GLANCE = Duration.ofMillis(10);

    /** The class-data archive that halves the time to start: written by the first deploy at its exit. */
    private enum Archive {
        MISSING,
        WRITING,
        READY
    }

    private final String command;
    private final Process process;
    private final boolean archives;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final List<Thread> readers;

    private CliProcess(String command, Process process, boolean archives) {
        this.command = command;
        this.process = process;
        this.archives = archives;
        this.readers = List.of(collect(process.getInputStream(), output), collect(process.getErrorStream(), errors));
    }

    /**
     * Starts a command.
     *
     * @param directory its working directory
     * @param environment set on top of this process's own
     */
    static CliProcess start(Path directory, Map<String, String> environment, List<String> words) {
        boolean archives = words.contains("deploy") && ARCHIVED.compareAndSet(Archive.MISSING, Archive.WRITING);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (archives) {
            command.add("-XX:ArchiveClassesAtExit=" + ARCHIVE);
        } else if (ARCHIVED.get() == Archive.READY) {
            command.add("-XX:SharedArchiveFile=" + ARCHIVE);
        }
        command.addAll(List.of(
                "-Xshare:auto",
                "-Xlog:disable",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:NewSize=16m",
                "-cp",
                JAR.toAbsolutePath().toString(),
                "io.deployflow.cli.Main"));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return new CliProcess(String.join(" ", words), process, archives);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Thread collect(InputStream stream, List<String> lines) {
        Thread thread = new Thread(() -> {
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                reader.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException e) {
                lines.add("cut off: " + e.getMessage());
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Waits until it has written an event that fits; fails if it ends without one. */
    void awaitEvent(String what, Predicate<JsonNode> wanted) {
        await("'" + command + "' writes " + what)
                .atMost(LONGEST)
                .pollInterval(GLANCE)
                .failFast(() -> assertThat(process.isAlive() || has(wanted))
                        .as("it ended first: %s %s", output, errors)
                        .isTrue())
                .until(() -> has(wanted));
    }

    private boolean has(Predicate<JsonNode> wanted) {
        return output.stream().map(CliRun::parse).anyMatch(wanted);
    }

    /** Ends it at once, as {@code kill -9} does; it can clean nothing up. */
    void kill() {
        process.destroyForcibly();
        join();
    }

    /** Waits until it has said that it was interrupted. */
    void awaitCancelled() {
        await("'" + command + "' notices the signal")
                .atMost(LONGEST)
                .until(() -> errors.stream().anyMatch(line -> line.startsWith("cancelled")));
    }

    /** Does what Ctrl-C does. */
    void interrupt() {
        Shell.run("kill", "-INT", String.valueOf(process.pid()));
    }

    /** Waits for its end. */
    CliRun join() {
        try {
            if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                close();
                throw new AssertionError("'" + command + "' does not end; so far: " + output + errors);
            }
            for (Thread reader : readers) {
                reader.join();
            }
            if (archives) {
                ARCHIVED.set(Files.exists(ARCHIVE) ? Archive.READY : Archive.MISSING);
            }
            return new CliRun(command, process.exitValue(), List.copyOf(output), List.copyOf(errors));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for '" + command + "'", e);
        }
    }

    /** Ends it if it still runs. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
