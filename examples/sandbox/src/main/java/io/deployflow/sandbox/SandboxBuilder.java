package io.deployflow.sandbox;

import io.deployflow.sandbox.docker.Engine;
import io.deployflow.sandbox.docker.ImageStore;
import io.deployflow.sandbox.docker.SandboxException;
import io.deployflow.sandbox.docker.SandboxImage;
import io.deployflow.sandbox.ssh.AppContainers;
import io.deployflow.sandbox.ssh.Capistrano;
import io.deployflow.sandbox.ssh.SshHosts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Describes a {@link Sandbox} and starts it. */
public final class SandboxBuilder {
    private static final int ID_BYTES = 4;

    private Timings clock = Timings.FAST;
    private boolean aws;
    private boolean ecsService;
    private Map<String, ?> deployment = Map.of();
    private int sshHosts;
    private boolean appContainers;
    private @Nullable Path folder;
    private @Nullable Path repository;

    SandboxBuilder() {}

    /**
     * How long AWS's part of things takes; {@link Timings#FAST} unless given.
     *
     * @param timings the clock
     * @return this builder
     */
    public SandboxBuilder clock(Timings timings) {
        this.clock = timings;
        return this;
    }

    /**
     * Asks for the AWS side with a cluster and an empty repository, but no service.
     *
     * @return this builder
     */
    public SandboxBuilder aws() {
        this.aws = true;
        return this;
    }

    /**
     * Asks for the AWS side with the service {@code puma} behind a load balancer, running a placeholder.
     *
     * @param wanted whether
     * @return this builder
     */
    public SandboxBuilder ecsService(boolean wanted) {
        this.ecsService = wanted;
        return this;
    }

    /**
     * Configures how the service {@code puma} is deployed, {@code Map.of("strategy", "BLUE_GREEN", "bakeTimeInMinutes",
     * 1)}. With a strategy that shifts traffic it gets a second target group and a listener for test traffic.
     *
     * @param configuration fields of {@code deploymentConfiguration} by their names in ECS's API; the others are as
     *     without this: 100 and 200 percent, circuit breaker with rollback
     * @return this builder
     */
    public SandboxBuilder deployment(Map<String, ?> configuration) {
        this.deployment = Map.copyOf(configuration);
        return this;
    }

    /**
     * Asks for SSH hosts; without this there are none.
     *
     * @param count how many, at least one
     * @return this builder
     */
    public SandboxBuilder sshHosts(int count) {
        this.sshHosts = count;
        return this;
    }

    /**
     * Asks for Capistrano, and for git on the SSH hosts; without this there is neither.
     *
     * @param existing the repository that is deployed from: a work tree's folder, or a bare repository
     * @return this builder
     */
    public SandboxBuilder capistrano(Path existing) {
        this.repository = existing;
        return this;
    }

    /**
     * Asks for a container beside each SSH host that runs the application from the directory deployed to.
     *
     * @param wanted whether
     * @return this builder
     */
    public SandboxBuilder appContainers(boolean wanted) {
        this.appContainers = wanted;
        return this;
    }

    /**
     * Where keys are written; a new temporary folder unless given.
     *
     * @param existing a folder
     * @return this builder
     */
    public SandboxBuilder folder(Path existing) {
        this.folder = existing;
        return this;
    }

    /**
     * Starts all that was asked for and waits until it answers. Removes first what sandboxes have left whose process
     * died.
     *
     * @return a running sandbox
     * @throws SandboxException when a part does not come up; then nothing is left running
     */
    public Sandbox start() {
        String id = randomId();
        Engine engine = Engine.connect(id);
        try {
            engine.removeLeftovers();
            return start(id, engine);
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    private Sandbox start(String id, Engine engine) {
        ImageStore images = new ImageStore(engine);
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            var awsSide = CompletableFuture.supplyAsync(() -> startAws(engine, images), threads);
            var hosts = CompletableFuture.supplyAsync(() -> startSsh(engine, images), threads);
            if (ecsService) {
                images.prepare(SandboxImage.HAPROXY, SandboxImage.PLACEHOLDER);
            }
            if (appContainers) {
                images.prepare(SandboxImage.APP_RUNTIME);
            }
            awaitBoth(awsSide, hosts);
            Optional<Capistrano> capistrano = repository == null
                    ? Optional.empty()
                    : hosts.join().map(started -> Capistrano.start(engine, images, started));
            Optional<AppContainers> apps = startApps(engine, images, hosts.join());
            return new Sandbox(id, engine, awsSide.join(), hosts.join(), capistrano, apps);
        } finally {
            threads.shutdown();
        }
    }

    /** When one part fails the other must have come to an end too before all is removed. */
    private static void awaitBoth(CompletableFuture<?> awsSide, CompletableFuture<?> hosts) {
        try {
            CompletableFuture.allOf(awsSide, hosts).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof SandboxException failure ? failure : e;
        }
    }

    private Optional<AwsSide> startAws(Engine engine, ImageStore images) {
        Optional<Map<String, ?>> service = ecsService ? Optional.of(deployment) : Optional.empty();
        return aws || ecsService ? Optional.of(AwsSide.start(engine, images, clock, service)) : Optional.empty();
    }

    private Optional<SshHosts> startSsh(Engine engine, ImageStore images) {
        if (sshHosts == 0) {
            return Optional.empty();
        }
        Path keys = folderOrTemporary();
        return Optional.of(
                repository == null
                        ? SshHosts.start(engine, images, sshHosts, keys)
                        : SshHosts.startWithGit(engine, images, sshHosts, keys, repository));
    }

    private Optional<AppContainers> startApps(Engine engine, ImageStore images, Optional<SshHosts> hosts) {
        return hosts.filter(started -> appContainers).map(started -> AppContainers.start(engine, images, started));
    }

    private Path folderOrTemporary() {
        try {
            return folder == null ? Files.createTempDirectory("deployflow-sandbox") : folder;
        } catch (IOException e) {
            throw new SandboxException("Cannot make a temporary folder for the sandbox's keys", e);
        }
    }

    private static String randomId() {
        byte[] bytes = new byte[ID_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
