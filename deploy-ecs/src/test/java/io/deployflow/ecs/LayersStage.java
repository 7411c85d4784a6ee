package io.deployflow.ecs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.ImageArtifact;
import io.deployflow.ecs.internal.registry.Digests;
import io.deployflow.ecs.internal.registry.Json;
import io.deployflow.ecs.internal.registry.MediaTypes;
import io.deployflow.ecs.internal.registry.OciServer;
import io.deployflow.event.DeployEvent;
import io.deployflow.spi.DeployContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;

/** A source, a registry in this process with a base image, and machines that build images of layers. */
final class LayersStage implements AutoCloseable {
    static final String BASE_LAYER = "the layer of the base image";

    final OciServer server = new OciServer();
    final List<DeployEvent> events = new CopyOnWriteArrayList<>();
    Optional<String> live = Optional.empty();
    /** What the next task definitions say of the container that the image comes to. */
    List<ContainerDefinition> containers = List.of();
    /** What the base image starts, in JSON. */
    String starts = "\"Cmd\":[\"serve\"]";

    private final Path folder;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private int contexts;

    LayersStage(Path folder) {
        this.folder = folder;
    }

    /**
     * Builds and pushes.
     *
     * @param machine the name of its cache
     * @param more lines below {@code image.layers}
     */
    ImageReference deploy(String machine, String revision, String... more) {
        DeployContext context = context(revision);
        ImageRoad road = road(machine, context, more);
        ImageArtifact artifact = road.build().build(context);
        return road.push().push(artifact.image(), revision, context).reference();
    }

    /** Settings of a target in this registry. */
    EcsSettings settings(String machine, String... more) {
        String lines = String.join("", List.of(more));
        String defaults = (lines.contains("base:") ? "" : "    base: " + base() + "\n")
                + (lines.contains("platforms:") ? "" : "    platforms: [linux/amd64]\n");
        return SettingsText.of("""
                image:
                  repository: team/app
                  registry: %s
                  build: layers
                  layers:
                    cache: { directory: %s, megabytes: 100 }
                %s%s""".formatted(server.host(), folder.resolve(machine), defaults, lines));
    }

    ImageRoad road(String machine, DeployContext context, String... more) {
        EcsSettings settings = settings(machine, more);
        ImageRegistry registry = new ImageRegistry(QuickClients.of(settings), settings.image(), Clock.systemUTC());
        return LayersRoad.of(
                settings.image().layers().orElseThrow(),
                registry,
                new ImagesThere.Names(settings.image().cacheFrom(), () -> live),
                () -> containers,
                LayersRoad.http(registry, context),
                context);
    }

    DeployContext context(String revision) {
        contexts++;
        try {
            return Contexts.of(
                    folder.resolve("source"),
                    Files.createDirectory(folder.resolve("work" + contexts)),
                    revision,
                    events::add,
                    threads);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String base() {
        return server.host() + "/base:1";
    }

    /** A setting by which the base image is of another registry, as far as its name tells: nothing can be mounted. */
    String baseElsewhere() {
        return "    base: " + base().replace("127.0.0.1", "localhost") + "\n";
    }

    /** The base image is another one. */
    void putBase(String content) {
        putManifest("1", content, "amd64");
    }

    /**
     * Puts a base image of one platform.
     *
     * @param content what its layer ends with
     * @return the manifest's digest
     */
    String putManifest(String tag, String content, String architecture) {
        return putManifest(tag, List.of(content), architecture);
    }

    /** The same of several layers. */
    String putManifest(String tag, List<String> contents, String architecture) {
        List<byte[]> layers = contents.stream()
                .map(content -> (BASE_LAYER + content).getBytes(StandardCharsets.UTF_8))
                .toList();
        List<String> digests =
                layers.stream().map(layer -> server.put("base", layer)).toList();
        String config = server.put(
                "base",
                ("{\"architecture\":\"" + architecture
                                + "\",\"os\":\"linux\",\"config\":{\"Env\":[\"PATH=/bin\"]," + starts + "},\"rootfs\":"
                                + "{\"type\":\"layers\",\"diff_ids\":[\"" + String.join("\",\"", digests) + "\"]}}")
                        .getBytes(StandardCharsets.UTF_8));
        String list = layers.stream()
                .map(layer -> """
                        {"mediaType":"application/vnd.docker.image.rootfs.diff.tar.gzip","digest":"%s","size":%d}\
                        """.formatted(Digests.of(layer), layer.length))
                .collect(Collectors.joining(","));
        String manifest = """
                {"schemaVersion":2,"mediaType":"%s","config":{"mediaType":"%s","digest":"%s","size":1},
                 "layers":[%s]}
                """.formatted(MediaTypes.MANIFEST, MediaTypes.CONFIG, config, list);
        return server.putManifest("base", tag, MediaTypes.MANIFEST, manifest.getBytes(StandardCharsets.UTF_8));
    }

    /** The base image is one for each of these architectures; of a variant ({@code arm/v7}) only the index tells. */
    void putIndex(String... architectures) {
        ObjectNode index = Json.object().put("schemaVersion", 2).put("mediaType", MediaTypes.INDEX);
        ArrayNode manifests = index.putArray("manifests");
        for (String each : architectures) {
            String architecture = each.replaceFirst("/.*", "");
            ObjectNode platform = manifests
                    .addObject()
                    .put("mediaType", MediaTypes.MANIFEST)
                    .put("digest", putManifest(architecture, architecture, architecture))
                    .put("size", 1)
                    .putObject("platform")
                    .put("os", "linux")
                    .put("architecture", architecture);
            if (each.contains("/")) {
                platform.put("variant", each.replaceFirst(".*/", ""));
            }
        }
        server.putManifest("base", "1", MediaTypes.INDEX, Json.bytes(index));
    }

    /** The index of the base image is listed by another, which does not say what is in it. */
    void nestIndex() {
        byte[] inner = Objects.requireNonNull(server.manifests.get("base:1"));
        ObjectNode index = Json.object().put("schemaVersion", 2).put("mediaType", MediaTypes.INDEX);
        index.putArray("manifests")
                .addObject()
                .put("mediaType", MediaTypes.INDEX)
                .put("digest", server.putManifest("base", "inner", MediaTypes.INDEX, inner))
                .put("size", inner.length);
        server.putManifest("base", "1", MediaTypes.INDEX, Json.bytes(index));
    }

    void write(String name, String text) {
        write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    void write(String name, byte[] content) {
        try {
            Path file = folder.resolve("source").resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> warnings() {
        return events.stream()
                .filter(DeployEvent.Warning.class::isInstance)
                .map(event -> ((DeployEvent.Warning) event).message())
                .toList();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.close();
    }
}
