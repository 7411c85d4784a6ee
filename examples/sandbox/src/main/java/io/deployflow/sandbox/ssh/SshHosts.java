package io.deployflow.sandbox.ssh;

import io.deployflow.sandbox.docker.Await;
import io.deployflow.sandbox.docker.ContainerSettings;
import io.deployflow.sandbox.docker.Engine;
import io.deployflow.sandbox.docker.ImageStore;
import io.deployflow.sandbox.docker.RunningContainer;
import io.deployflow.sandbox.docker.SandboxException;
import io.deployflow.sandbox.docker.SandboxImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Containers that run OpenSSH, each with a host key of its own, and the files that a client needs to log in.
 *
 * @param hosts in the order of their numbers
 * @param identity file of the private key that the user deploy is authorized by
 * @param knownHosts file of the hosts' keys
 */
public record SshHosts(List<SshHost> hosts, Path identity, Path knownHosts) {
    private static final String USER = "deploy";
    private static final int SSH_PORT = 22;
    private static final int APP_PORT = 3000;
    private static final Duration START = Duration.ofSeconds(20);

    /** Copies the list. */
    public SshHosts {
        hosts = List.copyOf(hosts);
    }

    /**
     * Starts hosts, all at once, and waits until each answers.
     *
     * @param engine runs them
     * @param images where their image comes from
     * @param count how many
     * @param folder where the key and the known hosts are written
     * @return the running hosts
     * @throws SandboxException when one does not come up; with what it said
     */
    public static SshHosts start(Engine engine, ImageStore images, int count, Path folder) {
        return start(engine, images.ensure(SandboxImage.SSH_HOST), Map.of(), count, folder);
    }

    /**
     * Starts hosts that have git and see a repository of this machine as {@link Capistrano#REPOSITORY}.
     *
     * @param engine runs them
     * @param images where their image comes from
     * @param count how many
     * @param folder where the key and the known hosts are written
     * @param repository a work tree's folder, or a bare repository; everybody may read it, and the hosts do no more
     * @return the running hosts
     * @throws SandboxException when one does not come up; with what it said
     */
    public static SshHosts startWithGit(Engine engine, ImageStore images, int count, Path folder, Path repository) {
        checkReadable(repository);
        Map<String, Path> shown = Map.of(Capistrano.REPOSITORY, repository);
        return start(engine, images.ensure(SandboxImage.SSH_GIT_HOST), shown, count, folder);
    }

    // A temporary folder mostly is its owner's alone, and the user deploy of a host is another one.
    private static void checkReadable(Path repository) {
        try {
            if (!Files.getPosixFilePermissions(repository).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                throw new SandboxException(
                        "The hosts' users cannot enter " + repository + ": chmod o+rx " + repository);
            }
        } catch (IOException e) {
            throw new SandboxException("There is no repository to show to the hosts: " + repository, e);
        }
    }

    private static SshHosts start(Engine engine, String image, Map<String, Path> shown, int count, Path folder) {
        OpenSshKey client = OpenSshKey.generate();
        List<Started> started = IntStream.rangeClosed(1, count)
                .boxed()
                .parallel()
                .map(number -> start(engine, image, shown, number, client))
                .toList();
        Path identity = write(folder.resolve("id_ed25519"), client.privatePem());
        Path knownHosts = write(
                folder.resolve("known_hosts"),
                started.stream().map(Started::knownHost).collect(Collectors.joining()));
        return new SshHosts(started.stream().map(Started::host).toList(), identity, knownHosts);
    }

    private static Started start(Engine engine, String image, Map<String, Path> shown, int number, OpenSshKey client) {
        OpenSshKey hostKey = OpenSshKey.generate();
        Map<String, String> environment =
                Map.of("AUTHORIZED_KEY", client.publicLine(), "HOST_KEY", hostKey.privatePem());
        RunningContainer container = engine.run(new ContainerSettings(
                "ssh-host-" + number, image, environment, List.of(SSH_PORT, APP_PORT), false, shown, Optional.empty()));
        int port = container.publishedPort(SSH_PORT);
        if (!Await.until(START, () -> greets(port))) {
            throw new SandboxException(container.name() + " does not come up: " + container.log());
        }
        URI appUrl = URI.create("http://127.0.0.1:" + container.publishedPort(APP_PORT));
        return new Started(new SshHost(USER, "127.0.0.1", port, appUrl, container.name()), hostKey);
    }

    private static boolean greets(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(1000);
            return new String(socket.getInputStream().readNBytes(4), StandardCharsets.US_ASCII).equals("SSH-");
        } catch (IOException notYet) {
            return false;
        }
    }

    private static Path write(Path file, String content) {
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(file, content);
        } catch (IOException e) {
            throw new SandboxException("Cannot write " + file, e);
        }
    }

    private record Started(SshHost host, OpenSshKey key) {
        String knownHost() {
            return "[" + host.host() + "]:" + host.port() + " " + key.publicLine() + "\n";
        }
    }
}
