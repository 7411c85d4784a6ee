package io.deployflow.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.CancellationToken;
import io.deployflow.ecs.internal.registry.Blob;
import io.deployflow.ecs.internal.registry.Digests;
import io.deployflow.ecs.internal.registry.DockerConfig;
import io.deployflow.ecs.internal.registry.Json;
import io.deployflow.ecs.internal.registry.Login;
import io.deployflow.ecs.internal.registry.MediaTypes;
import io.deployflow.ecs.internal.registry.Pause;
import io.deployflow.ecs.internal.registry.RegistryException;
import io.deployflow.ecs.internal.registry.RegistryHttp;
import io.deployflow.ecs.internal.registry.RegistryRepository;
import io.deployflow.ecs.internal.registry.RepositoryName;
import io.deployflow.flow.FlowException;
import io.deployflow.spi.CacheStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Keeps caches in a repository of any image registry, each as an image of one layer that says its key in its
 * annotations. Who asks is known from Docker's own configuration. How long they stay is for the registry's rules.
 */
public final class RegistryCacheStore implements CacheStore {
    private static final String TYPE = "application/vnd.deployflow.cache.v1";
    private static final String NO_CONFIG = "application/vnd.oci.empty.v1+json";
    private static final String KEY = "io.deployflow.cache.key";
    private static final String CREATED = "org.opencontainers.image.created";
    private static final int ATTEMPTS = 5;

    private final Login.Source logins;

    /** Found by the service loader. */
    public RegistryCacheStore() {
        this(DockerConfig.ofThisMachine());
    }

    RegistryCacheStore(Login.Source logins) {
        this.logins = logins;
    }

    @Override
    public Optional<Saved> find(String location, String key, CancellationToken cancellation) {
        return asking(location, cancellation, http -> find(RegistryRepository.pulling(http, name(location)), key));
    }

    private static Optional<Saved> find(RegistryRepository repository, String key) {
        List<CacheTag> fitting = repository.tags().stream()
                .flatMap(tag -> CacheTag.parse(tag).stream())
                .filter(tag -> tag.mayBeginWith(key))
                .sorted(Comparator.comparing((CacheTag tag) -> !tag.isOf(key))
                        .thenComparing(CacheTag::at, Comparator.reverseOrder()))
                .toList();
        return fitting.stream()
                .flatMap(tag -> repository.manifest(tag.toString()).stream())
                .flatMap(manifest -> parse(manifest).stream())
                .filter(saved -> saved.key().startsWith(key))
                .findFirst();
    }

    /** Empty where somebody else has written it. */
    private static Optional<Saved> parse(byte[] manifest) {
        try {
            JsonNode root = Json.read(manifest);
            JsonNode layer = root.at("/layers/0");
            JsonNode notes = root.path("annotations");
            String digest = layer.path("digest").asText();
            return notes.has(KEY) && notes.has(CREATED) && Digests.isDigest(digest)
                    ? Optional.of(new Saved(
                            notes.path(KEY).asText(),
                            Digests.digits(digest),
                            layer.path("size").asLong(),
                            Instant.parse(notes.path(CREATED).asText())))
                    : Optional.empty();
        } catch (IOException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    @Override
    public void fetch(String location, Saved saved, Path file, CancellationToken cancellation) {
        asking(location, cancellation, http -> {
            fetch(RegistryRepository.pulling(http, name(location)), saved, file, cancellation);
            return file;
        });
    }

    /** A transfer that breaks goes on where it broke. */
    private static void fetch(RegistryRepository repository, Saved saved, Path file, CancellationToken cancellation) {
        for (int attempt = 1; ; attempt++) {
            try {
                long there = attempt == 1 ? 0 : Files.size(file);
                take(repository.blob("sha256:" + saved.digest(), there), there, file, cancellation);
                return;
            } catch (IOException e) {
                cancellation.throwIfCancelled();
                if (attempt == ATTEMPTS) {
                    throw new RegistryException("the registry broke off: " + e.getMessage(), 0, e);
                }
            }
        }
    }

    private static void take(RegistryRepository.Part part, long there, Path file, CancellationToken cancellation)
            throws IOException {
        OpenOption how =
                there > 0 && part.offset() == there ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        try (InputStream in = part.content();
                OutputStream out = Files.newOutputStream(file, StandardOpenOption.WRITE, how);
                CancellationToken.Registration registration = cancellation.onCancel(() -> close(in))) {
            in.transferTo(out);
        }
    }

    private static void close(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void save(String location, Saved saved, Path file, CancellationToken cancellation) {
        Blob content = Blob.of(file, "sha256:" + saved.digest(), saved.bytes());
        Blob config = Blob.of(Json.bytes(Json.object()));
        asking(location, cancellation, http -> {
            RegistryRepository repository = RegistryRepository.pushing(http, name(location), List.of());
            for (Blob blob : List.of(config, content)) {
                if (!repository.hasBlob(blob.digest())) {
                    repository.upload(blob, sent -> {});
                }
            }
            repository.putManifest(
                    CacheTag.of(saved.key(), saved.at()).toString(),
                    MediaTypes.MANIFEST,
                    Json.bytes(manifest(saved, config, content)));
            return content;
        });
    }

    private static JsonNode manifest(Saved saved, Blob config, Blob content) {
        ObjectNode manifest = Json.object()
                .put("schemaVersion", 2)
                .put("mediaType", MediaTypes.MANIFEST)
                .put("artifactType", TYPE);
        manifest.putObject("config")
                .put("mediaType", NO_CONFIG)
                .put("digest", config.digest())
                .put("size", config.size());
        manifest.putArray("layers")
                .addObject()
                .put("mediaType", MediaTypes.LAYER)
                .put("digest", content.digest())
                .put("size", content.size());
        manifest.putObject("annotations")
                .put(KEY, saved.key())
                .put(CREATED, saved.at().toString());
        return manifest;
    }

    private static RepositoryName name(String location) {
        ImageReference reference = ImageReference.parse(location);
        return RepositoryName.of(reference.registry().orElse(""), reference.path());
    }

    private <T> T asking(String location, CancellationToken cancellation, Function<RegistryHttp, T> question) {
        try (RegistryHttp http = new RegistryHttp(logins, cancellation, Pause.real())) {
            return question.apply(http);
        } catch (RegistryException e) {
            String host = name(location).host();
            throw new FlowException(
                    String.valueOf(e.getMessage()),
                    e.isRefusal()
                            ? "Sign in: docker login " + host + "."
                            : e.remedy().orElse("Look whether " + host + " answers."),
                    null,
                    e);
        }
    }
}
