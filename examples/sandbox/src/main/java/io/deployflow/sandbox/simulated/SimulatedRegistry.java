package io.deployflow.sandbox.simulated;

import com.sun.net.httpserver.HttpServer;
import io.deployflow.sandbox.port.ImageManifest;
import io.deployflow.sandbox.port.Registry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;

/** A registry in memory, which takes pushes over HTTP on 127.0.0.1 from the user AWS. */
public final class SimulatedRegistry implements Registry, AutoCloseable {

    private static final String MEDIA_TYPE = "application/vnd.docker.distribution.manifest.v2+json";
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
     * Pushes an image that is unlike all others, of nothing but a manifest.
     *
     * @param repository where to
     * @param tag its tag; what had it before keeps its digest only
     * @return its reference by digest
     */
    public String push(String repository, String tag) {
        String body =
                "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"layers\":[],\"annotations\":{\"tag\":\"%s\",\"time\":\"%d\"}}"
                        .formatted(MEDIA_TYPE, tag, System.nanoTime());
        String digest = ImageStore.digest(body.getBytes(StandardCharsets.UTF_8));
        if (!images.put(repository, tag, new ImageManifest(digest, MEDIA_TYPE, body))) {
            throw new IllegalStateException("the tag " + tag + " of " + repository + " is immutable");
        }
        return endpoint() + "/" + repository + "@" + digest;
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
