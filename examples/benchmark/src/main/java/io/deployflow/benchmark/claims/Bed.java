package io.deployflow.benchmark.claims;

import io.deployflow.benchmark.AwsJson;
import io.deployflow.benchmark.ClassArchive;
import io.deployflow.benchmark.DemoApplication;
import io.deployflow.benchmark.DeployCommand;
import io.deployflow.benchmark.Timed;
import io.deployflow.benchmark.TimedCommand;
import io.deployflow.sandbox.Sandbox;
import io.deployflow.sandbox.SandboxBuilder;
import io.deployflow.sandbox.ssh.SshHost;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Puma application, and somewhere to bring it to by every road: a service of two tasks, two hosts for this project,
 * two for Capistrano, and two with a container beside each.
 */
final class Bed implements AutoCloseable {
    /** Units on each road. */
    static final int UNITS = 2;

    private static final String RESTART = "bin/restart";

    private final Path root;
    private final Path place;
    private final Sandbox main;
    private final Sandbox third;
    private final DemoApplication application;
    private final Path deployFile;
    private final Map<String, String> environment;

    private Bed(Path root, Path place, Sandbox main, Sandbox third, DemoApplication application) throws IOException {
        this.root = root;
        this.place = place;
        this.main = main;
        this.third = third;
        this.application = application;
        this.deployFile = place.resolve("deploy.yml");
        this.environment = new HashMap<>(main.environment());
        environment.put(
                "DOCKER_CONFIG", Files.createDirectory(place.resolve("docker")).toString());
        environment.put("DOCKER_BUILDKIT", "0");
        environment.putAll(DemoApplication.AUTHOR);
        environment.put("OLD_RUNTIME", imageOf(third.appContainers().get(0)));
        environment.put("DEPLOYFLOW", place.resolve("deployflow").toString());
        environment.put("XDG_CACHE_HOME", place.resolve("cache").toString());
    }

    /** Starts all of it. */
    static Bed start(Study study) throws IOException {
        Path place = Files.createDirectory(study.folder().resolve("roads"));
        DemoApplication application =
                DemoApplication.copyOf(study.root().resolve("examples/apps/puma"), place.resolve("shop"));
        SandboxBuilder withContainers = Sandbox.builder()
                .sshHosts(UNITS)
                .appContainers(true)
                .folder(Files.createDirectory(place.resolve("third")));
        SandboxBuilder withAllElse = Sandbox.builder()
                .ecsService(true)
                .sshHosts(2 * UNITS)
                .capistrano(application.directory())
                .folder(Files.createDirectory(place.resolve("main")));
        List<Sandbox> sandboxes = startBoth(withAllElse, withContainers);
        Bed bed = new Bed(study.root(), place, sandboxes.get(0), sandboxes.get(1), application);
        bed.writeLauncher();
        bed.signIn();
        bed.pushRuntime();
        study.uses("Capistrano " + bed.main.capistrano().version());
        Files.writeString(bed.deployFile, bed.text());
        return bed;
    }

    /** At once, as most of it is waiting; where one fails, the other must not stay. */
    private static List<Sandbox> startBoth(SandboxBuilder one, SandboxBuilder other) {
        CompletableFuture<Sandbox> first = CompletableFuture.supplyAsync(one::start);
        CompletableFuture<Sandbox> second = CompletableFuture.supplyAsync(other::start);
        try {
            CompletableFuture.allOf(first, second).join();
            return List.of(first.join(), second.join());
        } catch (CompletionException e) {
            Stream.of(first, second)
                    .filter(started -> !started.isCompletedExceptionally())
                    .forEach(started -> started.join().close());
            throw new IllegalStateException("cannot start the hosts and the service", e.getCause());
        }
    }

    private static String imageOf(String container) {
        return require(TimedCommand.run(List.of("docker", "inspect", "-f", "{{.Config.Image}}", container), Map.of()))
                .output();
    }

    /** {@code $DEPLOYFLOW} in a script: the command line with the {@code deploy.yml} that has all roads. */
    private void writeLauncher() throws IOException {
        Path launcher = place.resolve("deployflow");
        Files.writeString(
                launcher,
                "#!/bin/sh\nexec '%s' \"$@\" --file '%s' --output plain\n"
                        .formatted(root.resolve("bin/deployflow"), deployFile));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void signIn() throws IOException {
        String token = new AwsJson(main.endpoint(), main.region())
                .ecr("GetAuthorizationToken", Map.of())
                .path("authorizationData")
                .path(0)
                .path("authorizationToken")
                .asText();
        Files.writeString(
                place.resolve("docker/config.json"),
                "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(main.registry(), token));
    }

    /** What an image of layers has below it: what the containers beside hosts run on, without the application. */
    private void pushRuntime() {
        require(sh("docker tag \"$OLD_RUNTIME\" %1$s && docker push -q %1$s".formatted(runtime())));
    }

    private String runtime() {
        return main.registry() + "/organization/runtime:1";
    }

    private String text() {
        return """
                application: shop
                source: "%s"
                targets:
                %s%s%s%s""".formatted(
                        application.directory(),
                        ecs("containers", "      build: dockerfile\n      dockerfile: docker/app/Dockerfile\n"),
                        ecs("layers", """
                                      build: layers
                                      layers:
                                        base: "%s"
                                        stack: [ { name: app, from: ["."], split: true } ]
                                        command: [puma, -C, docker/app/puma.rb]
                                """.formatted(runtime())),
                        ssh("hosts", main.identity(), main.knownHosts(), hosts(), RESTART),
                        ssh(
                                "third-way",
                                third.identity(),
                                third.knownHosts(),
                                third.sshHosts(),
                                "kill -USR1 \\\"$(cat tmp/pids/puma.pid)\\\""));
    }

    private String ecs(String name, String build) {
        return """
                  %s:
                    type: ecs
                    region: %s
                    cluster: app-dev
                    service: puma
                    container: app
                    timeout: 5m
                    image:
                      repository: organization/app
                """.formatted(name, main.region()).indent(0)
                + build.indent(0).lines().map(line -> line + "\n").collect(Collectors.joining());
    }

    /**
     * Adds the target {@code more}: this project's hosts and one that came later, with the host key of the first one.
     *
     * @param port where it listens
     */
    void joinHost(int port) throws IOException {
        List<String> known = new ArrayList<>(Files.readAllLines(main.knownHosts()));
        String key = known.get(0).substring(known.get(0).indexOf(' '));
        known.add("[127.0.0.1]:" + port + key);
        Path all = Files.write(place.resolve("known_hosts"), known);
        List<SshHost> hosts = new ArrayList<>(hosts());
        SshHost first = hosts.get(0);
        hosts.add(new SshHost(first.user(), first.host(), port, first.appUrl(), first.container()));
        Files.writeString(deployFile, text() + ssh("more", main.identity(), all, hosts, RESTART));
    }

    private static String ssh(String name, Path identity, Path knownHosts, List<SshHost> hosts, String restart) {
        return """
                  %s:
                    type: ssh
                    hosts: [%s]
                    identity: "%s"
                    known_hosts: "%s"
                    deploy_to: /var/www/shop
                    keep_releases: 5
                    linked_dirs: [log, tmp/pids]
                    restart: "%s"
                    health: { url: "http://localhost:3000/health", expect: "{revision}", within: 5s }
                """.formatted(
                        name,
                        hosts.stream().map(host -> '"' + host.address() + '"').collect(Collectors.joining(", ")),
                        identity,
                        knownHosts,
                        restart);
    }

    DemoApplication application() {
        return application;
    }

    Sandbox main() {
        return main;
    }

    Sandbox third() {
        return third;
    }

    /** This project's own hosts. */
    List<SshHost> hosts() {
        return main.sshHosts().subList(0, UNITS);
    }

    /** Capistrano's hosts. */
    List<SshHost> hostsOfCapistrano() {
        return main.sshHosts().subList(UNITS, 2 * UNITS);
    }

    /** The command line, with a {@code deploy.yml} that has all roads. */
    DeployCommand command() {
        return new DeployCommand(root.resolve("bin/deployflow"), deployFile, environment, place.resolve("errors"));
    }

    /** What the command wrote to its error output so far. */
    String errors() throws IOException {
        Path errors = place.resolve("errors");
        return Files.exists(errors) ? Files.readString(errors) : "";
    }

    /** Runs commands in the application's folder, as a person who is signed in to AWS and to the registry. */
    Timed sh(String script) {
        Timed run = TimedCommand.run(
                List.of("bash", "-ec", "cd '" + application.directory() + "'\n" + script), environment);
        ClassArchive.await(root.resolve("bin/deployflow"));
        return run;
    }

    /** That it succeeded. */
    static Timed require(Timed run) {
        if (run.status() != 0) {
            throw new IllegalStateException("a command ended with " + run.status() + ": " + run.output());
        }
        return run;
    }

    /** The addresses at which clients reach the service. */
    List<URI> loadBalancer() {
        return List.of(main.loadBalancerUrl());
    }

    /** The addresses at which clients reach hosts. */
    static List<URI> addresses(List<SshHost> hosts) {
        return hosts.stream().map(SshHost::appUrl).toList();
    }

    @Override
    public void close() {
        third.close();
        main.close();
    }
}
