package io.deployflow.benchmark.swarm;

import io.deployflow.sandbox.ssh.OpenSshKey;
import io.deployflow.sandbox.ssh.SshHost;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Many hosts in a process of their own, so that their memory and threads are none of the deploying process's. */
public final class Swarm implements AutoCloseable {
    private static final String USER = "deploy";
    private static final String DIRECTORY = "small";

    private final Process process;
    private final BufferedReader says;
    private final int port;
    private final Path folder;

    private Swarm(Process process, BufferedReader says, int port, Path folder) {
        this.process = process;
        this.says = says;
        this.port = port;
        this.folder = folder;
    }

    /**
     * Starts it and waits until every address listens.
     *
     * @param folder gets a directory for each host, the keys, and the known hosts
     */
    public static Swarm start(int hosts, Path folder) throws IOException {
        OpenSshKey client = OpenSshKey.generate();
        OpenSshKey host = OpenSshKey.generate();
        writeKey(folder.resolve("id"), client);
        writeKey(folder.resolve("host_key"), host);
        Files.writeString(folder.resolve("authorized_keys"), client.publicLine() + "\n");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx2g",
                        "-XX:+UseParallelGC",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SwarmServer.class.getName(),
                        String.valueOf(hosts),
                        folder.toString(),
                        folder.resolve("authorized_keys").toString(),
                        folder.resolve("host_key").toString())
                .redirectError(folder.resolve("server.log").toFile())
                .start();
        BufferedReader says =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String port = says.readLine();
        if (port == null) {
            throw new IOException("the hosts do not come up: " + Files.readString(folder.resolve("server.log")));
        }
        Swarm swarm = new Swarm(process, says, Integer.parseInt(port), folder);
        Files.writeString(folder.resolve("known_hosts"), swarm.knownHosts(hosts, host));
        return swarm;
    }

    private static void writeKey(Path file, OpenSshKey key) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, key.privatePem());
    }

    private String knownHosts(int hosts, OpenSshKey key) {
        return IntStream.rangeClosed(1, hosts)
                .mapToObj(number -> "[%s]:%d %s%n".formatted(SwarmServer.address(number), port, key.publicLine()))
                .collect(Collectors.joining());
    }

    /** Where each address of it listens. */
    int port() {
        return port;
    }

    /** Lets one more key log in. */
    public void authorize(String publicLine) throws IOException {
        Files.writeString(folder.resolve("authorized_keys"), publicLine + "\n", StandardOpenOption.APPEND);
    }

    /** Makes connections fail from now on. */
    public void lose(Losses losses) throws IOException {
        BufferedWriter tell = process.outputWriter(StandardCharsets.UTF_8);
        tell.write(losses.line() + "\n");
        tell.flush();
        if (!losses.line().equals(says.readLine())) {
            throw new IOException("the hosts do not answer: " + Files.readString(folder.resolve("server.log")));
        }
    }

    /** The first so many hosts. */
    public List<SshHost> hosts(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number ->
                        new SshHost(USER, SwarmServer.address(number), port, URI.create("http://127.0.0.1"), "none"))
                .toList();
    }

    /** The private key that logs in. */
    public Path identity() {
        return folder.resolve("id");
    }

    /** The keys of all hosts. */
    public Path knownHosts() {
        return folder.resolve("known_hosts");
    }

    /**
     * A path on a host as a command names it: each host has its own.
     *
     * @param path below the host's own directory
     */
    public Path pathOnHosts(String path) {
        return folder.resolve(SwarmServer.ANY_HOST).resolve(path);
    }

    /** A {@code deploy.yml} with the first so many hosts as the target {@code many}. */
    public String deployFile(int hosts, Path source) {
        return deployFile(hosts, source, "");
    }

    /**
     * A {@code deploy.yml} with the first so many hosts as the target {@code many}.
     *
     * @param setting one more of the target, such as {@code connect_retries: 0}; may be empty
     */
    public String deployFile(int hosts, Path source, String setting) {
        List<String> addresses =
                hosts(hosts).stream().map(host -> '"' + host.address() + '"').toList();
        return """
                application: small
                source: "%s"
                targets:
                  many:
                    type: ssh
                    hosts: [%s]
                    identity: "%s"
                    known_hosts: "%s"
                    deploy_to: "%s"
                    keep_releases: 1000
                    %s
                """.formatted(
                source, String.join(", ", addresses), identity(), knownHosts(), pathOnHosts(DIRECTORY), setting);
    }

    /** What a host's live release says in a file. */
    String live(int number, String file) throws IOException {
        return live(number, DIRECTORY, file);
    }

    /**
     * What a host's live release says in a file.
     *
     * @param directory where it was deployed to, below the host's own directory
     */
    public String live(int number, String directory, String file) throws IOException {
        return Files.readString(folder.resolve(SwarmServer.name(number)).resolve(directory + "/current/" + file));
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
