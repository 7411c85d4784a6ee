package io.deployflow.sandbox.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code debian:bookworm-slim}, from which every image of the sandbox is built: the engine's own, else pulled, else
 * made from Debian's packages on this machine.
 */
final class BaseImage {
    private static final String REPOSITORY = "debian";
    private static final String TAG = "bookworm-slim";
    static final String REFERENCE = REPOSITORY + ":" + TAG;
    private static final int PULL_SECONDS = 60;
    private static final Logger LOG = LoggerFactory.getLogger(BaseImage.class);

    private final DockerClient client;

    BaseImage(DockerClient client) {
        this.client = client;
    }

    /**
     * Makes sure of the image; one thread at a time.
     *
     * @return the engine's id of it
     * @throws SandboxException when there is no way to get it
     */
    synchronized String ensure() {
        return find().or(this::pull).orElseGet(this::bootstrap);
    }

    private Optional<String> find() {
        try {
            return Optional.of(client.inspectImageCmd(REFERENCE).exec().getId());
        } catch (NotFoundException absent) {
            return Optional.empty();
        }
    }

    private Optional<String> pull() {
        LOG.info("Pulling {}", REFERENCE);
        try (PullImageResultCallback callback = new PullImageResultCallback()) {
            boolean done = client.pullImageCmd(REPOSITORY)
                    .withTag(TAG)
                    .exec(callback)
                    .awaitCompletion(PULL_SECONDS, TimeUnit.SECONDS);
            return done ? find() : Optional.empty();
        } catch (DockerException | DockerClientException | IOException e) {
            LOG.info("{} cannot be pulled ({}); making it from Debian's packages", REFERENCE, EngineErrors.message(e));
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted while pulling " + REFERENCE, e);
        }
    }

    private String bootstrap() {
        make();
        // The build names the image by a short id; the engine's own id of it is the same from now on.
        return find().orElseThrow(() -> new SandboxException(REFERENCE + " was made, but the engine does not have it"));
    }

    private void make() {
        try {
            Path folder = Files.createTempDirectory("deployflow-base");
            try {
                fromRoot(Bootstrap.onThisMachine().into(folder), folder);
            } finally {
                Bootstrap.run(List.of("rm", "-rf", folder.toString()));
            }
        } catch (IOException e) {
            throw new SandboxException("Cannot make " + REFERENCE + " in a temporary folder", e);
        }
    }

    private void fromRoot(Path tar, Path folder) throws IOException {
        Path context = folder.resolve("context.tar");
        BuildContext.write(context, "FROM scratch\nADD " + tar.getFileName() + " /\nCMD [\"bash\"]\n", tar);
        try (InputStream in = Files.newInputStream(context)) {
            ImageBuild.run(client, in, Optional.empty(), REFERENCE);
        }
    }
}
