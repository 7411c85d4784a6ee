package io.deployflow.benchmark.layers;

import io.deployflow.CancellationToken;
import io.deployflow.benchmark.AwsJson;
import io.deployflow.benchmark.Timed;
import io.deployflow.benchmark.TimedCommand;
import io.deployflow.sandbox.Sandbox;
import io.deployflow.sandbox.Timings;
import io.deployflow.sandbox.ssh.Relay;
import io.deployflow.spi.Poller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What all is measured on: a sandbox, its registry behind a relay that counts, and a base image in that. */
final class Bench implements AutoCloseable {
    /** What the whole deploys are to: hosts, or tasks. */
    static final int UNITS = 4;

    private static final String CLUSTER = "app-dev";
    private static final String SERVICE = "puma";
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Sandbox sandbox;
    private final AwsJson aws;
    private final Relay relay;
    private final Path dockerConfig;
    private final int baseMegabytes;
    private String login = "";

    private Bench(Sandbox sandbox, Path folder, int baseMegabytes) throws IOException {
        this.sandbox = sandbox;
        this.aws = new AwsJson(sandbox.endpoint(), sandbox.region());
        this.baseMegabytes = baseMegabytes;
        String[] address = sandbox.registry().split(":", -1);
        this.relay = Relay.to(address[0], Integer.parseInt(address[1]));
        this.dockerConfig = Files.createDirectories(folder.resolve("docker"));
    }

    /**
     * Starts all of it.
     *
     * @param baseMegabytes what the base image has on top of Debian
     */
    static Bench start(Path folder, int baseMegabytes) throws IOException {
        Sandbox sandbox = Sandbox.builder()
                .clock(Timings.FAST)
                .ecsService(true)
                .sshHosts(UNITS)
                .start();
        Bench bench = new Bench(sandbox, folder, baseMegabytes);
        bench.signIn();
        bench.runTasks(0);
        bench.pushBases(folder.resolve("base"));
        return bench;
    }

    private void signIn() throws IOException {
        login = aws.ecr("GetAuthorizationToken", Map.of())
                .path("authorizationData")
                .path(0)
                .path("authorizationToken")
                .asText();
        String entry = "{\"auth\":\"" + login + "\"}";
        Files.writeString(
                dockerConfig.resolve("config.json"),
                "{\"auths\":{\"" + registry() + "\":" + entry + ",\"" + sandbox.registry() + "\":" + entry + "}}");
    }

    /**
     * Has the sandbox's service run so many tasks, and waits until it does. Each takes a part of the machine for its
     * health checks, which is missing in what is measured meanwhile: there are none at first.
     */
    void runTasks(int tasks) {
        aws.ecs("UpdateService", Map.of("cluster", CLUSTER, "service", SERVICE, "desiredCount", tasks));
        Optional<Integer> running = Poller.every(PAUSE)
                .ask(
                        PATIENCE,
                        CancellationToken.create(),
                        () -> Optional.of(runningTasks()).filter(count -> count == tasks));
        if (running.isEmpty()) {
            throw new IllegalStateException(
                    "the sandbox runs " + runningTasks() + " tasks and not " + tasks + " after " + PATIENCE);
        }
    }

    private int runningTasks() {
        return aws.ecs("DescribeServices", Map.of("cluster", CLUSTER, "services", List.of(SERVICE)))
                .path("services")
                .path(0)
                .path("runningCount")
                .asInt();
    }

    private void pushBases(Path folder) throws IOException {
        push(folder, base(), "RUN head -c %dM /dev/urandom > /opt/runtime".formatted(baseMegabytes));
        push(folder, runtime(), "RUN apt-get update && apt-get install -y --no-install-recommends puma");
    }

    private void push(Path folder, String image, String line) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("Dockerfile"), "FROM debian:bookworm-slim\nLABEL " + label() + "\n" + line + "\n");
        require(TimedCommand.run(
                List.of("sh", "-c", "docker build -q -t " + image + " " + folder + " && docker push -q " + image),
                Map.of("DOCKER_CONFIG", dockerConfig.toString(), "DOCKER_BUILDKIT", "0")));
    }

    static Timed require(Timed run) {
        if (run.status() != 0) {
            throw new IllegalStateException("a command ended with " + run.status() + ": " + run.output());
        }
        return run;
    }

    /** The registry as everybody reaches it: through the relay. */
    String registry() {
        return "127.0.0.1:" + relay.port();
    }

    /** Who pushes there, as a header has it. */
    String login() {
        return login;
    }

    /** The base image. */
    String base() {
        return registry() + "/bench/base:1";
    }

    /** What the example application runs on; not through the relay: the tasks' engine pulls it. */
    String runtime() {
        return sandbox.registry() + "/bench/runtime:1";
    }

    /** Bytes that were sent to the registry so far. */
    long sent() {
        return relay.bytesToServer();
    }

    Path dockerConfig() {
        return dockerConfig;
    }

    /** What the command line needs to reach the sandbox. */
    Map<String, String> environment() {
        return sandbox.environment();
    }

    Sandbox sandbox() {
        return sandbox;
    }

    /** What the configuration of every image of this run has, of the base images on. */
    String label() {
        return "io.deployflow.benchmark=" + sandbox.id();
    }

    /** Removes every image of this run from the engine, also those that have lost their names. */
    void removeImages() {
        // One that goes may take another with it, which is then missed.
        String images = "docker image ls -q --filter label=" + label() + " | sort -u";
        TimedCommand.run(List.of("sh", "-c", images + " | xargs -r docker image rm -f"), Map.of());
    }

    @Override
    public void close() {
        removeImages();
        relay.close();
        sandbox.close();
    }
}
