package io.deployflow.ecs;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.PushImageCmd;
import io.deployflow.DeployException;
import io.deployflow.PushException;
import io.deployflow.TargetUnreachableException;
import io.deployflow.ecs.internal.layers.WholeFile;
import io.deployflow.ecs.internal.registry.CancellableStream;
import io.deployflow.ecs.internal.registry.RegistryException;
import io.deployflow.spi.DeployContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Pushes an image that the engine has, and says under which digest the registry has it then. */
final class ImagePusher implements ImagePush {
    private final DockerEngine engine;
    private final ImageRegistry registry;

    ImagePusher(DockerEngine engine, ImageRegistry registry) {
        this.engine = engine;
        this.registry = registry;
    }

    @Override
    public PushedImage push(String id, String tag, DeployContext context) {
        DockerClient client = engine.client();
        ImageReference image = registry.repository().withTag(tag);
        client.tagImageCmd(id, image.repository(), tag).exec();
        PushImageCmd command = client.pushImageCmd(image.repository()).withTag(tag);
        registry.auth(image).ifPresent(command::withAuthConfig);
        PushLog log = new PushLog(context);
        EngineCalls.run("the push of " + image, log, command::exec, context, PushException::new);
        Supplier<Stream<String>> digests = () -> log.digest()
                .map(Stream::of)
                .orElseGet(() ->
                        DockerEngine.isPodman(client) ? inRegistry(id, image, context).stream() : known(client, image));
        String digest = log.error().isPresent()
                ? digestInSpiteOf(log.error().get(), digests, image, context)
                : digests.get().findFirst().orElseThrow(() -> noDigest(image));
        return new PushedImage(image.pinned(digest), log.content());
    }

    @Override
    public void save(String id, String name, Path file, DeployContext context) {
        DockerClient client = engine.client();
        ImageReference image = ImageReference.parse(name);
        client.tagImageCmd(id, image.repository(), image.tag().orElse("latest")).exec();
        try (InputStream tar =
                CancellableStream.ofConnection(client.saveImageCmd(name).exec(), context.cancellation())) {
            WholeFile.write(file, part -> copy(tar, part));
        } catch (IOException e) {
            throw new PushException(
                    file + " cannot be written: " + e.getMessage(),
                    "Check the folder and the free disk space.",
                    null,
                    e);
        }
    }

    private static void copy(InputStream tar, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            tar.transferTo(out);
        }
    }

    /** A tag that cannot be changed is as it should be if it is this very image. */
    private String digestInSpiteOf(
            String error, Supplier<Stream<String>> digests, ImageReference image, DeployContext context) {
        String tag = image.tag().orElseThrow();
        if (!error.toLowerCase(Locale.ROOT).contains("immutable")) {
            throw failure(error, image);
        }
        Optional<String> there = there(tag, image, context);
        return there.filter(digest -> digests.get().anyMatch(digest::equals))
                .orElseThrow(() -> new PushException(
                        "tag " + tag + " of " + image.repository() + " cannot be changed, and is another image already"
                                + there.map(digest -> " (" + digest + ")").orElse(""),
                        "Deploy another revision, or give 'image.tag' something that differs for every build."));
    }

    private Optional<String> there(String tag, ImageReference image, DeployContext context) {
        try {
            return registry.digestOf(tag, context);
        } catch (RegistryException e) {
            throw new PushException(
                    "tag " + tag + " of " + image.repository() + " cannot be changed, and which image it is cannot be"
                            + " seen: " + e.getMessage(),
                    e.remedy().orElse("Deploy another revision, or check the registry from this machine."),
                    null,
                    e);
        }
    }

    /** Podman knows the digest of its own copy, which is not packed: only the registry knows that of what it has. */
    private Optional<String> inRegistry(String id, ImageReference image, DeployContext context) {
        try {
            return registry.digestOf(image.tag().orElseThrow(), id, context);
        } catch (RegistryException e) {
            throw new PushException(
                    "the registry has " + image + ", but its digest cannot be read: " + e.getMessage(),
                    e.remedy().orElse("Deploy again, or check the registry from this machine."),
                    null,
                    e);
        }
    }

    /** The digests under which Docker knows that the repository has the image. */
    private static Stream<String> known(DockerClient client, ImageReference image) {
        List<String> digests = client.inspectImageCmd(image.toString()).exec().getRepoDigests();
        return Stream.ofNullable(digests)
                .flatMap(List::stream)
                .map(ImageReference::parse)
                .filter(reference -> reference.repository().equals(image.repository()))
                .map(ImageReference::digest)
                .flatMap(Optional::stream)
                .filter(Objects::nonNull);
    }

    private static DeployException noDigest(ImageReference image) {
        return new PushException(
                "the registry took " + image + ", but it is not known under which digest",
                "Deploy again: somebody else may have pushed the tag. If it stays so, check the registry's answer with"
                        + " 'docker push'.");
    }

    private static DeployException failure(String error, ImageReference image) {
        String what = "the push of " + image + " failed: " + error;
        String said = error.toLowerCase(Locale.ROOT);
        if (Stream.of("denied", "unauthorized", "no basic auth", "authentication required")
                .anyMatch(said::contains)) {
            return new TargetUnreachableException(
                    what, "Check the registry's credentials, and that they may push to this repository.", null, null);
        }
        if (Stream.of("dial tcp", "connection refused", "no such host", "timeout", "tls:", "https client", "eof")
                .anyMatch(said::contains)) {
            return new TargetUnreachableException(
                    what, "Check 'image.registry' and that the Docker engine can reach it.", null, null);
        }
        return new PushException(what, "Check that the repository exists, and the registry's own log.");
    }
}
