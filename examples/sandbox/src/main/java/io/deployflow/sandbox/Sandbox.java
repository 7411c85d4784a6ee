package io.deployflow.sandbox;

import io.deployflow.sandbox.docker.Engine;
import io.deployflow.sandbox.ssh.AppContainers;
import io.deployflow.sandbox.ssh.Capistrano;
import io.deployflow.sandbox.ssh.SshHost;
import io.deployflow.sandbox.ssh.SshHosts;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a team deploys to, on the local Docker engine: SSH hosts, and the parts of AWS that a container deploy talks to.
 * Only the parts that the builder was asked for are started; asking for another is an {@link IllegalStateException}.
 *
 * <pre>{@code
 * try (Sandbox sandbox = Sandbox.builder().clock(Timings.FAST).ecsService(true).sshHosts(2).start()) {
 *     rollOut(sandbox.endpoint(), sandbox.registry());
 *     deployTo(sandbox.sshHosts(), sandbox.identity(), sandbox.knownHosts());
 * }
 * }</pre>
 */
public final class Sandbox implements AutoCloseable {
    private final String id;
    private final Engine engine;
    private final Optional<AwsSide> aws;
    private final Optional<SshHosts> ssh;
    private final Optional<Capistrano> capistrano;
    private final Optional<AppContainers> apps;

    Sandbox(
            String id,
            Engine engine,
            Optional<AwsSide> aws,
            Optional<SshHosts> ssh,
            Optional<Capistrano> capistrano,
            Optional<AppContainers> apps) {
        this.id = id;
        this.engine = engine;
        this.aws = aws;
        this.ssh = ssh;
        this.capistrano = capistrano;
        this.apps = apps;
    }

    /**
     * Begins to describe a sandbox.
     *
     * @return a builder that starts nothing yet
     */
    public static SandboxBuilder builder() {
        return new SandboxBuilder();
    }

    /**
     * Begins to describe the AWS side alone, without Docker and in virtual time.
     *
     * @return a builder that starts nothing yet
     */
    public static SimulationBuilder simulated() {
        return new SimulationBuilder();
    }

    /**
     * What its containers carry as the value of the label {@link Engine#LABEL}.
     *
     * @return eight hexadecimal digits
     */
    public String id() {
        return id;
    }

    /**
     * The control plane, for {@code AWS_ENDPOINT_URL}.
     *
     * @return {@code http://127.0.0.1:port}
     */
    public URI endpoint() {
        return aws().endpoint();
    }

    /**
     * The region that the control plane stands for.
     *
     * @return its name
     */
    public String region() {
        return AwsSide.REGION;
    }

    /**
     * The registry behind ECR.
     *
     * @return {@code host:port}
     */
    public String registry() {
        return aws().registry();
    }

    /**
     * Where the service {@code puma} is reached through the load balancer.
     *
     * @return {@code http://127.0.0.1:port}
     */
    public URI loadBalancerUrl() {
        return aws().loadBalancerUrl()
                .orElseThrow(() -> new IllegalStateException("This sandbox was started without ecsService(true)"));
    }

    /**
     * The variables that point AWS clients at this sandbox, and say where its parts are. The credentials are dummies.
     *
     * @return by name; empty for the parts that were not started
     */
    public Map<String, String> environment() {
        Map<String, String> variables = new HashMap<>();
        aws.ifPresent(side -> {
            variables.putAll(AwsSide.environment(side.endpoint()));
            variables.put("SANDBOX_REGISTRY", side.registry());
            variables.put("SANDBOX_CLOCK", side.timings().words());
            side.loadBalancerUrl().ifPresent(url -> variables.put("SANDBOX_LOAD_BALANCER_URL", url.toString()));
        });
        ssh.ifPresent(hosts -> {
            variables.put("SANDBOX_SSH_HOSTS", joined(hosts, SshHost::address));
            variables.put(
                    "SANDBOX_SSH_APP_URLS", joined(hosts, host -> host.appUrl().toString()));
            variables.put("SANDBOX_SSH_IDENTITY", hosts.identity().toString());
            variables.put("SANDBOX_SSH_KNOWN_HOSTS", hosts.knownHosts().toString());
        });
        return variables;
    }

    private static String joined(SshHosts hosts, Function<SshHost, String> part) {
        return hosts.hosts().stream().map(part).collect(Collectors.joining(" "));
    }

    /**
     * The hosts to deploy directories to.
     *
     * @return in the order of their numbers
     */
    public List<SshHost> sshHosts() {
        return ssh().hosts();
    }

    /**
     * The containers that run the application beside the SSH hosts.
     *
     * @return their names on the engine, in the order of the hosts
     */
    public List<String> appContainers() {
        return apps.map(AppContainers::names)
                .orElseThrow(() -> new IllegalStateException("This sandbox was started without appContainers(true)"));
    }

    /**
     * The private key that logs in as {@code deploy} on every host.
     *
     * @return a file in OpenSSH's format
     */
    public Path identity() {
        return ssh().identity();
    }

    /**
     * The host keys of the SSH hosts.
     *
     * @return a file in OpenSSH's format
     */
    public Path knownHosts() {
        return ssh().knownHosts();
    }

    /**
     * Capistrano, which can deploy to the hosts too.
     *
     * @return ready to run
     */
    public Capistrano capistrano() {
        return capistrano.orElseThrow(
                () -> new IllegalStateException("This sandbox was started without capistrano(repository)"));
    }

    /**
     * A {@code deploy.yml} that takes the Puma application by both roads into this sandbox: target {@code containers},
     * and target {@code hosts} where there are SSH hosts, or {@code third-way} where containers beside them run the
     * application. Its ecs target needs {@link #environment()}.
     *
     * @param source the application's folder
     * @return the file's text
     */
    public String deployFile(Path source) {
        return ssh.map(hosts ->
                        new DeployFileText(source, region(), hosts.hosts(), hosts.identity(), hosts.knownHosts()))
                .orElseGet(() -> new DeployFileText(source, region(), List.of(), Path.of(""), Path.of("")))
                .text(apps.isPresent());
    }

    private AwsSide aws() {
        return aws.orElseThrow(
                () -> new IllegalStateException("This sandbox was started without aws() or ecsService(true)"));
    }

    private SshHosts ssh() {
        return ssh.orElseThrow(() -> new IllegalStateException("This sandbox was started without sshHosts(n)"));
    }

    /** Removes every container of this sandbox, with its data. */
    @Override
    public void close() {
        engine.close();
    }
}
