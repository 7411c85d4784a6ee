package io.deployflow.ssh;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import io.deployflow.sandbox.docker.Engine;
import io.deployflow.sandbox.docker.ImageStore;
import io.deployflow.sandbox.ssh.OpenSshKey;
import io.deployflow.sandbox.ssh.SshHost;
import io.deployflow.sandbox.ssh.SshHosts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.images.builder.Transferable;

/** A host with OpenSSH and busybox, and with no other program; its ports are published on 127.0.0.1. */
final class BusyboxHost extends GenericContainer<BusyboxHost> {
    private static final String IMAGE = "deployflow-test/busybox-host";
    private static final String DOCKERFILE = "io/deployflow/ssh/busybox-host/Dockerfile";
    private static final int SSH_PORT = 22;
    private static final int APP_PORT = 3000;
    private static final int PRIVATE = 0600;

    private final OpenSshKey hostKey = OpenSshKey.generate();
    private final OpenSshKey clientKey = OpenSshKey.generate();

    BusyboxHost() {
        // The image stays, as a cache for the next run.
        super(new ImageFromDockerfile(IMAGE, false).withFileFromClasspath("Dockerfile", DOCKERFILE));
        withCopyToContainer(Transferable.of(hostKey.privatePem(), PRIVATE), "/etc/ssh/ssh_host_ed25519_key");
        withCopyToContainer(Transferable.of(clientKey.publicLine() + "\n"), "/etc/ssh/authorized_keys");
        withCreateContainerCmdModifier(
                create -> Objects.requireNonNull(create.getHostConfig(), "Testcontainers sets it")
                        .withPortBindings(bindings()));
        withExposedPorts(SSH_PORT, APP_PORT);
        waitingFor(Wait.forLogMessage(".*Server listening on 0\\.0\\.0\\.0 port 22.*", 1));
    }

    private static List<PortBinding> bindings() {
        return Stream.of(SSH_PORT, APP_PORT)
                .map(port -> new PortBinding(Binding.bindIp("127.0.0.1"), ExposedPort.tcp(port)))
                .toList();
    }

    /** Starts it; makes what it is built from where that cannot be pulled. */
    @Override
    public void start() {
        try (Engine engine = Engine.connect("busybox-host")) {
            new ImageStore(engine).ensureBase();
        }
        super.start();
    }

    /** The host as a fleet of one, and the files to log in with, written to a folder. */
    SshHosts fleet(Path folder) throws IOException {
        int port = getMappedPort(SSH_PORT);
        URI appUrl = URI.create("http://127.0.0.1:" + getMappedPort(APP_PORT));
        SshHost host = new SshHost("deploy", "127.0.0.1", port, appUrl, getContainerId());
        return new SshHosts(
                List.of(host),
                Files.writeString(folder.resolve("id_ed25519"), clientKey.privatePem()),
                Files.writeString(
                        folder.resolve("known_hosts"), "[127.0.0.1]:" + port + " " + hostKey.publicLine() + "\n"));
    }
}
