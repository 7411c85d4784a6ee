package io.deployflow.sandbox;

import io.deployflow.sandbox.docker.Engine;
import io.deployflow.sandbox.ssh.SshHost;
import io.deployflow.sandbox.ssh.SshHosts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a team deploys to, on the local Docker engine: SSH hosts, and the parts of AWS that a container deploy talks to.
 * Only the parts that the builder was asked for are started; asking for another is an {@link IllegalStateException}.
 *
 * <pre>{@code
 * try (Sandbox sandbox = Sandbox.builder().sshHosts(2).start()) {
 *     deployTo(sandbox.sshHosts(), sandbox.identity(), sandbox.knownHosts());
 * }
 * }</pre>
 */
public final class Sandbox implements AutoCloseable {
    private final String id;
    private final Engine engine;
    private final Optional<SshHosts> ssh;

    Sandbox(String id, Engine engine, Optional<SshHosts> ssh) {
        this.id = id;
        this.engine = engine;
        this.ssh = ssh;
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
     * What its containers carry as the value of the label {@link Engine#LABEL}.
     *
     * @return eight hexadecimal digits
     */
    public String id() {
        return id;
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

    private SshHosts ssh() {
        return ssh.orElseThrow(() -> new IllegalStateException("This sandbox was started without sshHosts(n)"));
    }

    /** Removes every container of this sandbox, with its data. */
    @Override
    public void close() {
        engine.removeAll();
        engine.close();
    }
}
