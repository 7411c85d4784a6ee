package io.deployflow.benchmark.layers;

import io.deployflow.benchmark.ClassArchive;
import io.deployflow.benchmark.Folders;
import io.deployflow.benchmark.Timed;
import io.deployflow.benchmark.TimedCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code deployflow build} of layers. */
final class LayersTool implements ImageTool {
    static final String NAME = "deployflow layers";

    private final Bench bench;
    private final Path launcher;
    private final Path source;
    private final Path cache;
    private final Path deployFile;

    LayersTool(Bench bench, Path launcher, Path source, Path folder) {
        this.bench = bench;
        this.launcher = launcher;
        this.source = source;
        this.cache = folder.resolve("cache");
        this.deployFile = folder.resolve("deploy.yml");
    }

    @Override
    public String title() {
        return NAME;
    }

    /** The launcher sees twice what a command loads until it leaves the class archive as it is. */
    @Override
    public int practice() {
        return 3;
    }

    @Override
    public void forget() {
        try {
            Files.deleteIfExists(source.resolve(".git/deployflow-contents"));
            if (Files.exists(cache)) {
                Folders.delete(cache);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot forget what was built", e);
        }
    }

    @Override
    public Timed buildAndPush(Scenario scenario) {
        return run(Map.of());
    }

    /** The same with options for the JVM. */
    Timed run(Map<String, String> environment) {
        try {
            Files.writeString(deployFile, text());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + deployFile, e);
        }
        Map<String, String> all = new HashMap<>(bench.environment());
        all.put("DOCKER_CONFIG", bench.dockerConfig().toString());
        all.putAll(environment);
        Timed run = TimedCommand.run(
                List.of(
                        launcher.toString(),
                        "build",
                        "image",
                        "--file",
                        deployFile.toString(),
                        "--output",
                        "plain",
                        "-v"),
                all);
        ClassArchive.await(launcher);
        return run;
    }

    private String text() {
        return """
                application: shop
                source: "%s"
                targets:
                  image:
                    type: ecs
                    cluster: app-dev
                    service: puma
                    image:
                      repository: bench/layers
                      registry: "%s"
                      tag: latest
                      build: layers
                      cache_from: ["%s/bench/layers:latest"]
                      layers:
                        base: "%s"
                        stack:
                          - { name: dependencies, from: [vendor] }
                          - { name: app, from: ["."], exclude: [Dockerfile], split: true }
                        command: [bin/serve]
                        cache: { directory: "%s", megabytes: 4096 }
                """.formatted(source, bench.registry(), bench.registry(), bench.base(), cache);
    }
}
