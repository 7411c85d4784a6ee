package io.deployflow.ecs.internal.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.Secret;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A command {@code docker-credential-...}: is written a registry's name, answers with a login.
 *
 * @param name what stands for the dots
 * @param path where it is looked for: directories with colons between them
 * @param patience how long it has: one may wait for somebody to unlock a key ring where nobody is
 */
record CredentialHelper(String name, String path, Duration patience) {
    private static final Logger LOG = LoggerFactory.getLogger(CredentialHelper.class);

    /** The login for a registry; empty where it knows none, or does not work: the registry will say what it misses. */
    Optional<Login> get(String registry) {
        Optional<Path> command = command();
        if (command.isEmpty()) {
            LOG.warn("docker-credential-{} is not on the PATH", name);
            return Optional.empty();
        }
        try {
            return ask(command.get(), registry);
        } catch (IOException e) {
            LOG.warn("docker-credential-{} does not work: {}", name, e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Path> command() {
        return Stream.of(path.split(File.pathSeparator))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, "docker-credential-" + name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    private Optional<Login> ask(Path command, String registry) throws IOException {
        Process process = new ProcessBuilder(command.toString(), "get")
                .redirectError(Redirect.DISCARD)
                .start();
        try {
            CompletableFuture<byte[]> answer = read(process.getInputStream());
            write(registry, process.getOutputStream());
            byte[] text = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS) && process.exitValue() == 0
                    ? login(Json.read(text))
                    : Optional.empty();
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + patience.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException("its answer cannot be read: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking docker-credential-" + name, e);
        } finally {
            end(process);
        }
    }

    /** One that has ended may have left an agent behind that others use. */
    private static void end(Process process) {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** On a thread of its own: whoever reads a pipe cannot be told to stop while somebody holds its other end. */
    private static CompletableFuture<byte[]> read(InputStream in) {
        CompletableFuture<byte[]> all = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        all.complete(in.readAllBytes());
                    } catch (IOException e) {
                        all.completeExceptionally(e);
                    }
                },
                "deployflow-credentials");
        thread.setDaemon(true);
        thread.start();
        return all;
    }

    /** Whoever does not read the question may know the answer all the same. */
    private static void write(String registry, OutputStream to) {
        try (to) {
            to.write(registry.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.debug("a credential helper does not read for which registry it is asked", e);
        }
    }

    private static Optional<Login> login(JsonNode answer) {
        String user = answer.path("Username").asText();
        String secret = answer.path("Secret").asText();
        return user.isEmpty() || secret.isEmpty() ? Optional.empty() : Optional.of(new Login(user, Secret.of(secret)));
    }
}
