package io.deployflow.cli.story;

import io.deployflow.sandbox.Sandbox;
import io.deployflow.sandbox.SandboxBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a class of stories plays on: a sandbox with both roads, an application, and its deploy.yml. */
final class Stage implements AutoCloseable {
    /** The target of type ecs. */
    static final String CONTAINERS = "containers";
    /** The target of type ssh. */
    static final String HOSTS = "hosts";
    /** The target of type ssh whose hosts run the application in a container. */
    static final String THIRD_WAY = "third-way";

    private static final int HOST_COUNT = 2;

    private final Sandbox sandbox;
    private final Path folder;
    private final Path deployFile;
    private final Source source;
    private final Map<String, String> environment;

    private Stage(Sandbox sandbox, Path folder, Source source, Path deployFile) {
        this.sandbox = sandbox;
        this.folder = folder;
        this.source = source;
        this.deployFile = deployFile;
        this.environment = sandbox.environment();
    }

    /** Starts a service and two hosts, to which nothing was deployed yet. */
    static Stage ofBothRoads() {
        return of(Sandbox.builder().ecsService(true).sshHosts(HOST_COUNT));
    }

    /** Starts two hosts alone. */
    static Stage ofHosts() {
        return of(Sandbox.builder().sshHosts(HOST_COUNT));
    }

    /** Starts two hosts, and a container beside each. */
    static Stage ofAppContainers() {
        return of(Sandbox.builder().sshHosts(HOST_COUNT).appContainers(true));
    }

    /** Starts a service alone. */
    static Stage ofContainers() {
        return of(Sandbox.builder().ecsService(true));
    }

    private static Stage of(SandboxBuilder builder) {
        Sandbox sandbox = builder.start();
        try {
            Path folder = Files.createTempDirectory("deployflow-story");
            Source source = Source.copyTo(folder.resolve("shop"));
            Path deployFile =
                    Files.writeString(folder.resolve("deploy.yml"), sandbox.deployFile(folder.resolve("shop")));
            return new Stage(sandbox, folder, source, deployFile);
        } catch (IOException e) {
            sandbox.close();
            throw new UncheckedIOException(e);
        }
    }

    Source source() {
        return source;
    }

    Hosts hosts() {
        return new Hosts(sandbox.sshHosts());
    }

    /** The names of the containers beside the hosts. */
    List<String> appContainers() {
        return sandbox.appContainers();
    }

    Cluster cluster() {
        return new Cluster(sandbox.endpoint());
    }

    /** The text of deploy.yml. */
    String deployFileText() {
        return read(deployFile);
    }

    /** The lines of the file of trusted host keys, in the order of the hosts. */
    List<String> knownHosts() {
        return read(sandbox.knownHosts()).lines().toList();
    }

    /** The file of trusted host keys. */
    Path knownHostsFile() {
        return sandbox.knownHosts();
    }

    /** The private key that the hosts let in. */
    Path identity() {
        return sandbox.identity();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the application of a target is reached. */
    List<URI> addresses(String target) {
        return target.equals(CONTAINERS) ? List.of(sandbox.loadBalancerUrl()) : hosts().addresses();
    }

    /** A new folder for a story's own files. */
    Path folder() {
        try {
            return Files.createTempDirectory(folder, "story");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a command on a target, which writes JSON. */
    CliProcess start(String verb, String target) {
        return start(folder, List.of(verb, target, "--file", deployFile.toString()));
    }

    /** Runs a command on a target to its end. */
    CliRun run(String verb, String target) {
        return start(verb, target).join();
    }

    /** Runs any words in any directory. */
    CliRun run(Path directory, List<String> words) {
        return start(directory, words).join();
    }

    /** The variables that reach the sandbox. */
    Map<String, String> environment() {
        return environment;
    }

    /** Starts any words in any directory. */
    CliProcess start(Path directory, List<String> words) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of("--output", "json"));
        return CliProcess.start(directory, environment, all);
    }

    @Override
    public void close() {
        sandbox.close();
        try (Stream<Path> entries = Files.walk(folder)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
