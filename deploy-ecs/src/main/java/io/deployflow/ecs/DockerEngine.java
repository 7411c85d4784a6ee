package io.deployflow.ecs;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.VersionComponent;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.deployflow.BuildException;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The engine that builds and pushes, Docker's or Podman's: where {@code DOCKER_HOST} says, else the local one. */
final class DockerEngine implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final String PODMAN = "Podman Engine";

    private final Lazy<DockerClientConfig> config =
            new Lazy<>(() -> EngineAddress.podman(System.getenv(), path -> Files.exists(Path.of(path)))
                    .map(podman -> DefaultDockerClientConfig.createDefaultConfigBuilder()
                            .withDockerHost(podman)
                            .build())
                    .orElseGet(() -> DefaultDockerClientConfig.createDefaultConfigBuilder()
                            .build()));
    private final Lazy<DockerClient> client = new Lazy<>(() -> connect(config.get()));

    /** No API version is asked for: an engine of any age answers in its own. */
    private static DockerClient connect(DockerClientConfig config) {
        return DockerClientImpl.getInstance(
                config,
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .sslConfig(config.getSSLConfig())
                        .connectionTimeout(CONNECT)
                        .build());
    }

    /**
     * The client, once the engine has answered.
     *
     * @throws BuildException if it does not
     */
    DockerClient client() {
        try {
            client.get().pingCmd().exec();
            return client.get();
        } catch (DockerException e) {
            throw unreachable("refuses to answer: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw unreachable("cannot be reached: " + root(e), e);
        }
    }

    /**
     * Whether it is Podman, which answers as Docker does and builds in a way of its own; not where it does not tell.
     */
    static boolean isPodman(DockerClient client) {
        try {
            List<VersionComponent> parts = client.versionCmd().exec().getComponents();
            return parts != null && parts.stream().anyMatch(part -> PODMAN.equals(part.getName()));
        } catch (DockerException e) {
            return false;
        }
    }

    private BuildException unreachable(String problem, RuntimeException e) {
        return new BuildException(
                "the Docker engine at " + config.get().getDockerHost() + " " + problem,
                "Start the engine, or set DOCKER_HOST to one that runs; your user must be allowed to use it.",
                null,
                e);
    }

    private static String root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }

    @Override
    public void close() {
        try (Closeable open = client.peek()) {
            // Closing is all there is to do.
        } catch (IOException e) {
            throw new UncheckedIOException("the connection to the Docker engine could not be closed", e);
        }
    }
}
