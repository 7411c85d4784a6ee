package io.deployflow.sandbox.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local Docker engine as one sandbox sees it: everything that it makes carries the sandbox's label and id, and only
 * that is ever removed.
 */
public final class Engine implements AutoCloseable {
    /** The label of every container of every sandbox; its value is the sandbox's id. */
    public static final String LABEL = "io.deployflow.sandbox";

    static final String OWNER_LABEL = LABEL + ".owner";
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private final DockerClient client;
    private final String sandboxId;
    private final Removal removal;
    private final Deque<Runnable> stops = new ConcurrentLinkedDeque<>();
    private final Set<String> goingRegistries = ConcurrentHashMap.newKeySet();
    /** Makers of containers hold it for reading, who removes them all for writing: none is made unseen. */
    private final ReadWriteLock making = new ReentrantReadWriteLock();

    private final Thread atExit = new Thread(this::close, "sandbox-close");
    private boolean closed;

    private Engine(DockerClient client, String sandboxId) {
        this.client = client;
        this.sandboxId = sandboxId;
        this.removal = new Removal(client);
    }

    /**
     * Connects to the engine that {@code DOCKER_HOST} names, or to the local one. A process that ends without closing
     * it (Ctrl-C, SIGTERM) removes the sandbox's containers all the same.
     *
     * @param sandboxId tells this sandbox's containers from others'
     * @return a connection to close when done
     * @throws SandboxException when no engine answers
     */
    public static Engine connect(String sandboxId) {
        // No API version: an unversioned request works with every engine from 20.10 on.
        DockerClientConfig config =
                DefaultDockerClientConfig.createDefaultConfigBuilder().build();
        ZerodepDockerHttpClient transport = new ZerodepDockerHttpClient.Builder()
                .dockerHost(config.getDockerHost())
                .sslConfig(config.getSSLConfig())
                .maxConnections(200)
                .connectionTimeout(Duration.ofSeconds(10))
                .build();
        DockerClient client = DockerClientImpl.getInstance(config, transport);
        try {
            client.pingCmd().exec();
        } catch (RuntimeException e) {
            throw new SandboxException(
                    "No Docker engine answers at " + config.getDockerHost()
                            + ". Start one (`systemctl start docker`, or `dockerd`), or set DOCKER_HOST.",
                    e);
        }
        Engine engine = new Engine(client, sandboxId);
        Runtime.getRuntime().addShutdownHook(engine.atExit);
        return engine;
    }

    /**
     * The client under it.
     *
     * @return open as long as this engine is
     */
    DockerClient client() {
        return client;
    }

    String sandboxId() {
        return sandboxId;
    }

    /**
     * The labels for what this sandbox makes.
     *
     * @param more labels beside the sandbox's own
     * @return both
     */
    Map<String, String> labels(Map<String, String> more) {
        Map<String, String> labels = new HashMap<>(more);
        labels.put(LABEL, sandboxId);
        labels.put(OWNER_LABEL, Owner.thisProcess().label());
        return labels;
    }

    /**
     * Creates and starts a container of the sandbox's own.
     *
     * @param settings what to run
     * @return the running container
     * @throws SandboxException when the engine refuses
     */
    public RunningContainer run(ContainerSettings settings) {
        return make(() -> runNow(settings));
    }

    private RunningContainer runNow(ContainerSettings settings) {
        String name = "deployflow-" + sandboxId + "-" + settings.name();
        try (var create = client.createContainerCmd(settings.image())) {
            String id = create.withName(name)
                    .withLabels(labels(Map.of()))
                    .withEnv(settings.environmentLines())
                    .withExposedPorts(settings.exposedPorts())
                    .withHostConfig(settings.hostConfig())
                    .exec()
                    .getId();
            client.startContainerCmd(id).exec();
            return new RunningContainer(this, id, name);
        } catch (RuntimeException e) {
            throw new SandboxException("Cannot start the container " + name + ": " + EngineErrors.message(e), e);
        }
    }

    /**
     * Makes a container, unless the engine has been closed.
     *
     * @param maker makes it
     * @return what the maker gives
     */
    <T> T make(Supplier<T> maker) {
        making.readLock().lock();
        try {
            if (closed) {
                throw new SandboxException("The sandbox " + sandboxId + " is closed");
            }
            return maker.get();
        } finally {
            making.readLock().unlock();
        }
    }

    InspectContainerResponse inspect(String containerId) {
        return client.inspectContainerCmd(containerId).exec();
    }

    /**
     * Removes a container, running or not, with its volumes. Harmless when it is gone.
     *
     * @param containerId the engine's id
     */
    void remove(String containerId) {
        removal.container(containerId);
    }

    /**
     * Removes what sandboxes have left whose process on this machine has ended: their containers, their images' names.
     */
    public void removeLeftovers() {
        removal.leftovers();
    }

    /**
     * Has the engine's names for the images of a registry removed at the end, when the registry goes too. What else
     * names the same image keeps it.
     *
     * @param endpoint {@code host:port}
     */
    public void removeImagesAtEnd(String endpoint) {
        goingRegistries.add(endpoint);
    }

    /**
     * Has something stopped before the containers are removed: who would miss them and start new ones.
     *
     * @param stop called once; the last one added is called first
     */
    public void stopFirst(Runnable stop) {
        stops.push(stop);
    }

    /** Removes every container of this sandbox with its data, and disconnects. Harmless when closed already. */
    @Override
    public void close() {
        for (Runnable stop = stops.poll(); stop != null; stop = stops.poll()) {
            stop.run();
        }
        making.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                removal.sandbox(sandboxId);
                goingRegistries.forEach(removal::images);
                disconnect();
            }
        } finally {
            making.writeLock().unlock();
        }
    }

    private void disconnect() {
        try {
            client.close();
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IOException e) {
            throw new SandboxException("Cannot close the connection to the Docker engine", e);
        } catch (IllegalStateException alreadyExiting) {
            LOG.debug("Closed while the process exits");
        }
    }
}
