package io.deployflow.sandbox.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.command.PushImageCmd;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.BuildResponseItem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds the sandbox's images when they are first wanted, and again when what they are made of has changed. */
public final class ImageStore {
    private static final Logger LOG = LoggerFactory.getLogger(ImageStore.class);
    private static final int OUTPUT_LINES = 15;

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
     * Makes sure of an image. Two images may be built at once, each by its own thread.
     *
     * @param image which
     * @return its reference on the engine
     * @throws SandboxException when it cannot be built; with the last lines of the build
     */
    public String ensure(SandboxImage image) {
        String reference = image.reference(base.ensure());
        // Whoever wants the same image meanwhile waits for it instead of building it too.
        synchronized (image) {
            if (!has(reference)) {
                LOG.info("Building {}", reference);
                build(image, reference);
            }
        }
        return reference;
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

    private void build(SandboxImage image, String reference) {
        Deque<String> output = new ArrayDeque<>();
        try (BuildImageResultCallback callback = new BuildImageResultCallback() {
            @Override
            public void onNext(BuildResponseItem item) {
                keepNewest(output, item.getStream());
                super.onNext(item);
            }
        }) {
            client.buildImageCmd(new ByteArrayInputStream(tar(image.context())))
                    .withTags(Set.of(reference))
                    .withLabels(Map.of(Engine.LABEL, "image"))
                    .exec(callback)
                    .awaitImageId();
        } catch (IOException | RuntimeException e) {
            throw new SandboxException(
                    "Cannot build the sandbox's image " + reference + ": " + EngineErrors.message(e) + "\n"
                            + String.join("\n", output),
                    e);
        }
    }

    private static void keepNewest(Deque<String> output, @Nullable String text) {
        if (text != null && !text.isBlank()) {
            output.add(text.stripTrailing());
            if (output.size() > OUTPUT_LINES) {
                output.remove();
            }
        }
    }

    private static byte[] tar(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                // The builder's cache looks at times too: the same files must give the same archive.
                entry.setModTime(0L);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }
}
