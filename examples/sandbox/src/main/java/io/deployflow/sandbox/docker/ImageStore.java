package io.deployflow.sandbox.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.PushImageCmd;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds the sandbox's images when they are first wanted, and again when what they are made of has changed. */
public final class ImageStore {
    private static final Logger LOG = LoggerFactory.getLogger(ImageStore.class);

    private final DockerClient client;
    private final BaseImage base;

    /**
     * Over one engine.
     *
     * @param engine where images are built and kept
     */
    public ImageStore(Engine engine) {
        this.client = engine.client();
        this.base = new BaseImage(client);
    }

    /**
     * Makes sure of {@code debian:bookworm-slim}, also where it cannot be pulled.
     *
     * @return its reference on the engine
     * @throws SandboxException when there is no way to get it
     */
    public String ensureBase() {
        base.ensure();
        return BaseImage.REFERENCE;
    }

    /**
     * Makes sure of an image. Two images may be built at once, each by its own thread.
     *
     * @param image which
     * @return its reference on the engine
     * @throws SandboxException when it cannot be built; with the last lines of the build
     */
    public String ensure(SandboxImage image) {
        Optional<String> parent = image.parent().map(this::ensure);
        String reference = image.reference(parent.orElseGet(base::ensure));
        // Whoever wants the same image meanwhile waits for it instead of building it too.
        synchronized (image) {
            if (!has(reference)) {
                OneProcess.atATime(lockFile(reference), () -> build(image, parent, reference));
            }
        }
        return reference;
    }

    private void build(SandboxImage image, Optional<String> parent, String reference) {
        if (!has(reference)) {
            LOG.info("Building {}", reference);
            ImageBuild.run(client, BuildContext.of(image.context()), parent, reference);
        }
    }

    private static Path lockFile(String reference) {
        return Path.of(System.getProperty("java.io.tmpdir"), reference.replaceAll("[/:]", "-") + ".lock");
    }

    /**
     * Makes sure of images, all at once.
     *
     * @param wanted which
     * @throws SandboxException when one cannot be built
     */
    public void prepare(SandboxImage... wanted) {
        Stream.of(wanted).parallel().forEach(this::ensure);
    }

    /**
     * Puts one of the sandbox's images into a registry.
     *
     * @param image which
     * @param login the registry
     * @param repository the repository's name without the endpoint
     * @param tag the tag to give it
     * @return where it is
     * @throws SandboxException when the push fails
     */
    public PushedImage push(SandboxImage image, RegistryLogin login, String repository, String tag) {
        String name = login.endpoint() + "/" + repository;
        String reference = name + ":" + tag;
        client.tagImageCmd(ensure(image), name, tag).exec();
        try (PushDigest digest = new PushDigest();
                PushImageCmd push = client.pushImageCmd(reference)) {
            login.forImage(reference).ifPresent(push::withAuthConfig);
            push.exec(digest).awaitCompletion();
            return new PushedImage(reference, digest.get());
        } catch (IOException | RuntimeException e) {
            throw new SandboxException("Cannot push " + reference + ": " + EngineErrors.message(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted while pushing " + reference, e);
        }
    }

    private boolean has(String reference) {
        try {
            client.inspectImageCmd(reference).exec();
            return true;
        } catch (NotFoundException notBuiltYet) {
            return false;
        }
    }
}
