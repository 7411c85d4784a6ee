package io.deployflow.benchmark.ssh;

import io.deployflow.sandbox.ssh.OpenSshKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Many hosts in a process of their own, so that their memory and threads are none of the deploying process's.
 *
 * @param process the server
 * @param port where each address of it listens
 * @param folder with a directory for each host, the keys, and the known hosts
 */
record Swarm(Process process, int port, Path folder) implements AutoCloseable {

    /** Starts it and waits until every address listens. */
    static Swarm start(int hosts, Path folder) throws IOException {
        OpenSshKey client = OpenSshKey.generate();
        OpenSshKey host = OpenSshKey.generate();
        writeKey(folder.resolve("id"), client);
        writeKey(folder.resolve("host_key"), host);
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
                        client.publicLine(),
                        folder.resolve("host_key").toString())
                .redirectError(folder.resolve("server.log").toFile())
                .start();
        BufferedReader says =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String port = says.readLine();
        if (port == null) {
            throw new IOException("the hosts do not come up: " + Files.readString(folder.resolve("server.log")));
        }
        Swarm swarm = new Swarm(process, Integer.parseInt(port), folder);
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

    /** A {@code deploy.yml} with the first so many hosts as the target {@code many}. */
    String deployFile(int hosts, Path source) {
        List<String> addresses = IntStream.rangeClosed(1, hosts)
                .mapToObj(number -> "\"deploy@" + SwarmServer.address(number) + ":" + port + "\"")
                .toList();
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
                """.formatted(
                        source,
                        String.join(", ", addresses),
                        folder.resolve("id"),
                        folder.resolve("known_hosts"),
                        folder.resolve(SwarmServer.ANY_HOST).resolve("small"));
    }

    /** What a host's live release says in a file. */
    String live(int number, String file) throws IOException {
        return Files.readString(folder.resolve("host-%04d/small/current/%s".formatted(number, file)));
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
