package io.deployflow.sandbox.simulated;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.deployflow.sandbox.port.ImageManifest;
import io.deployflow.sandbox.port.Registry;
import io.deployflow.sandbox.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;

/** A registry in memory, which takes pushes over HTTP on 127.0.0.1 from the user AWS. */
public final class SimulatedRegistry implements Registry, AutoCloseable {

    private static final String MEDIA_TYPE = "application/vnd.docker.distribution.manifest.v2+json";
    private static final String INDEX_TYPE = "application/vnd.docker.distribution.manifest.list.v2+json";
    private static final String CONFIG_TYPE = "application/vnd.docker.container.image.v1+json";
    private static final String PASSWORD = "simulated";

    private final ImageStore images = new ImageStore();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "sandbox-registry");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * With no image, on a free port.
     *
     * @param pushed is told the repository and the manifest of each image that is pushed over HTTP
     * @throws UncheckedIOException when there is no free port
     */
    public SimulatedRegistry(BiConsumer<String, ImageManifest> pushed) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on 127.0.0.1", e);
        }
        String login = Base64.getEncoder().encodeToString(("AWS:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        server.createContext("/v2/", new RegistryHandler(images, "Basic " + login, pushed));
        server.setExecutor(threads);
        server.start();
    }

    /**
     * Pushes an image without layers that is unlike all others.
     *
     * @param repository where to
     * @param tag its tag; what had it before keeps its digest only
     * @param processors what it is for, such as {@code amd64}; where there are several it is an index of as many images
     * @return its reference by digest
     */
    public String push(String repository, String tag, List<String> processors) {
        List<ObjectNode> made =
                processors.stream().map(processor -> image(tag, processor)).toList();
        ObjectNode pushed = made.size() == 1 ? made.get(0) : index(repository, made, processors);
        return endpoint() + "/" + repository + "@" + put(repository, tag, pushed);
    }

    private ObjectNode image(String tag, String processor) {
        String config = Json.object()
                .put("architecture", processor)
                .put("os", "linux")
                .put("created", tag + " at " + System.nanoTime())
                .toString();
        byte[] content = config.getBytes(StandardCharsets.UTF_8);
        images.addBlob(content);
        ObjectNode manifest = Json.object().put("schemaVersion", 2).put("mediaType", MEDIA_TYPE);
        manifest.set("config", descriptor(CONFIG_TYPE, ImageStore.digest(content), content.length));
        return manifest.set("layers", Json.array());
    }

    private ObjectNode index(String repository, List<ObjectNode> made, List<String> processors) {
        List<ObjectNode> entries = new ArrayList<>();
        for (int i = 0; i < made.size(); i++) {
            String digest = put(repository, "", made.get(i));
            ObjectNode entry =
                    descriptor(MEDIA_TYPE, digest, made.get(i).toString().length());
            entries.add(entry.set(
                    "platform",
                    Json.object().put("architecture", processors.get(i)).put("os", "linux")));
        }
        return Json.object()
                .put("schemaVersion", 2)
                .put("mediaType", INDEX_TYPE)
                .set("manifests", Json.array(entries));
    }

    private static ObjectNode descriptor(String type, String digest, long size) {
        return Json.object().put("mediaType", type).put("digest", digest).put("size", size);
    }

    /** Under a tag, or under its digest alone. */
    private String put(String repository, String tag, ObjectNode manifest) {
        String body = manifest.toString();
        String digest = ImageStore.digest(body.getBytes(StandardCharsets.UTF_8));
        ImageManifest stored =
                new ImageManifest(digest, manifest.path("mediaType").asText(), body);
        if (!images.put(repository, tag.isEmpty() ? digest : tag, stored)) {
            throw new IllegalStateException("the tag " + tag + " of " + repository + " is immutable");
        }
        return digest;
    }

    @Override
    public String endpoint() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public String password() {
        return PASSWORD;
    }

    @Override
    public List<String> repositories() {
        return images.repositories();
    }

    @Override
    public List<String> tags(String repository) {
        return images.tagNames(repository);
    }

    @Override
    public Optional<ImageManifest> manifest(String repository, String reference) {
        return images.manifest(repository, reference);
    }

    @Override
    public void put(String repository, String tag, ImageManifest manifest) {
        images.put(repository, tag, manifest);
    }

    @Override
    public void protect(String repository, boolean wanted) {
        images.protect(repository, wanted);
    }

    @Override
    public boolean isProtected(String repository) {
        return images.isProtected(repository);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
