package io.deployflow.sandbox.registry;

import io.deployflow.sandbox.docker.Await;
import io.deployflow.sandbox.docker.ContainerSettings;
import io.deployflow.sandbox.docker.Engine;
import io.deployflow.sandbox.docker.ImageStore;
import io.deployflow.sandbox.docker.RegistryLogin;
import io.deployflow.sandbox.docker.RunningContainer;
import io.deployflow.sandbox.docker.SandboxException;
import io.deployflow.sandbox.docker.SandboxImage;
import io.deployflow.sandbox.port.ImageManifest;
import io.deployflow.sandbox.port.Registry;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Debian's docker-registry in a container, open to the user AWS only; its images go with it. */
public final class RegistryContainer implements Registry {
    /** The only user, as in ECR. */
    private static final String USER = "AWS";

    private static final int PORT = 5000;
    private static final int PASSWORD_BYTES = 24;
    private static final Duration START = Duration.ofSeconds(20);

    private final RegistryLogin login;
    private final RegistryClient client;
    private final Set<String> immutable = ConcurrentHashMap.newKeySet();

    private RegistryContainer(RegistryLogin login, RegistryClient client) {
        this.login = login;
        this.client = client;
    }

    /**
     * Starts the registry and waits until it answers.
     *
     * @param engine runs it
     * @param images where its image comes from
     * @return an empty registry
     * @throws SandboxException when it does not come up; with what it said
     */
    public static RegistryContainer start(Engine engine, ImageStore images) {
        String password = randomPassword();
        RunningContainer container = engine.run(new ContainerSettings(
                "registry",
                images.ensure(SandboxImage.REGISTRY),
                Map.of("REGISTRY_PASSWORD", password),
                List.of(PORT),
                false));
        RegistryLogin login = new RegistryLogin("127.0.0.1:" + container.publishedPort(PORT), USER, password);
        RegistryClient client = new RegistryClient(login);
        if (!Await.until(START, client::answers)) {
            throw new SandboxException("The registry does not come up at " + login.endpoint() + ": " + container.log());
        }
        engine.removeImagesAtEnd(login.endpoint());
        return new RegistryContainer(login, client);
    }

    /**
     * What it takes to push to it and pull from it.
     *
     * @return endpoint, user and password
     */
    public RegistryLogin login() {
        return login;
    }

    @Override
    public String endpoint() {
        return login.endpoint();
    }

    @Override
    public String password() {
        return login.password();
    }

    @Override
    public List<String> repositories() {
        return client.repositories();
    }

    @Override
    public List<String> tags(String repository) {
        return client.tags(repository);
    }

    @Override
    public Optional<ImageManifest> manifest(String repository, String reference) {
        return client.manifest(repository, reference);
    }

    @Override
    public void put(String repository, String tag, ImageManifest manifest) {
        client.put(repository, tag, manifest);
    }

    /** Takes note; Debian's registry itself refuses no push. */
    @Override
    public void protect(String repository, boolean wanted) {
        if (wanted) {
            immutable.add(repository);
        } else {
            immutable.remove(repository);
        }
    }

    @Override
    public boolean isProtected(String repository) {
        return immutable.contains(repository);
    }

    private static String randomPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
