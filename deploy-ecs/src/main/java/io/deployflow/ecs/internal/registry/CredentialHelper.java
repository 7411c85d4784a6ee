package io.deployflow.ecs.internal.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A command {@code docker-credential-...}: is written a registry's name, answers with a login.
 *
 * @param name what stands for the dots
 */
record CredentialHelper(String name) {
    private static final Logger LOG = LoggerFactory.getLogger(CredentialHelper.class);
    private static final int SECONDS = 30;

    /** The login for a registry; empty where it knows none, or does not work: the registry will say what it misses. */
    Optional<Login> get(String registry) {
        try {
            Process process = new ProcessBuilder("docker-credential-" + name, "get")
                    .redirectError(Redirect.DISCARD)
                    .start();
            try (OutputStream question = process.getOutputStream()) {
                question.write(registry.getBytes(StandardCharsets.UTF_8));
            }
            byte[] answer = process.getInputStream().readAllBytes();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroy();
                return Optional.empty();
            }
            return login(Json.read(answer));
        } catch (IOException e) {
            LOG.warn("docker-credential-{} does not work: {}", name, e.getMessage());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking docker-credential-" + name, e);
        }
    }

    private static Optional<Login> login(JsonNode answer) {
        String user = answer.path("Username").asText();
        String secret = answer.path("Secret").asText();
        return user.isEmpty() || secret.isEmpty() ? Optional.empty() : Optional.of(new Login(user, Secret.of(secret)));
    }
}
