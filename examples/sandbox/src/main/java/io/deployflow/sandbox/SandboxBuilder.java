package io.deployflow.sandbox;

import io.deployflow.sandbox.docker.Engine;
import io.deployflow.sandbox.docker.ImageStore;
import io.deployflow.sandbox.docker.SandboxException;
import io.deployflow.sandbox.ssh.SshHosts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Describes a {@link Sandbox} and starts it. */
public final class SandboxBuilder {
    private static final int ID_BYTES = 4;

    private int sshHosts;
    private @Nullable Path folder;

    SandboxBuilder() {}

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
            engine.removeAll();
            engine.close();
            throw e;
        }
    }

    private Sandbox start(String id, Engine engine) {
        ImageStore images = new ImageStore(engine);
        Optional<SshHosts> ssh = sshHosts == 0
                ? Optional.empty()
                : Optional.of(SshHosts.start(engine, images, sshHosts, folderOrTemporary()));
        return new Sandbox(id, engine, ssh);
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
