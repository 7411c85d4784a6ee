package io.deployflow.benchmark.layers;

import io.deployflow.benchmark.DemoApplication;
import io.deployflow.benchmark.DeployCommand;
import io.deployflow.benchmark.Run;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The whole deploy of one changed file, from the command to its end: 4 tasks of an image of layers, and 4 hosts. */
final class WholeDeploy {
    /** The launcher sees twice what a command loads until it leaves the class archive as it is. */
    private static final int PRACTICE = 2;

    private final Bench bench;
    private final Path root;
    private final Path folder;
    private final PrintStream out;

    WholeDeploy(Bench bench, Path root, Path folder, PrintStream out) {
        this.bench = bench;
        this.root = root;
        this.folder = folder;
        this.out = out;
    }

    /** By turns, on the puma application of the examples. */
    void run(int rounds, Figures figures) throws IOException {
        bench.runTasks(Bench.UNITS);
        Path directory = folder.resolve("puma");
        DemoApplication application = DemoApplication.copyOf(root.resolve("examples/apps/puma"), directory);
        Path file = folder.resolve("both.yml");
        Files.writeString(file, text(directory));
        Map<String, String> environment = new HashMap<>(bench.environment());
        environment.put("DOCKER_CONFIG", bench.dockerConfig().toString());
        DeployCommand command =
                new DeployCommand(root.resolve("bin/deployflow"), file, environment, folder.resolve("errors"));
        List<String> roads = new ArrayList<>(List.of("layers", "hosts"));
        for (int round = -PRACTICE; round < rounds; round++) {
            application.greet("round " + round);
            for (String road : roads) {
                Run run = command.run("deploy", road, (phase, took) -> {});
                if (run.exitCode() != 0) {
                    throw new IllegalStateException("deploy " + road + " ended with " + run.exitCode() + ": "
                            + run.failure() + Files.readString(folder.resolve("errors")));
                }
                if (round >= 0) {
                    note(road, run, figures);
                }
            }
            Collections.reverse(roads);
        }
    }

    private void note(String road, Run run, Figures figures) {
        figures.deploy(road, "total", run.wall());
        run.phases().forEach((phase, took) -> figures.deploy(road, phase, took));
        run.steps().forEach((step, took) -> figures.step(road, step, took));
        Duration rollout = run.phases().getOrDefault("rollout", Duration.ZERO);
        out.printf(
                Locale.ROOT,
                "whole deploy  %-8s %7.2f s, of which the rollout %.2f s%n",
                road,
                run.wall().toMillis() / 1e3,
                rollout.toMillis() / 1e3);
    }

    /** The sandbox's own file has the road over SSH and, for the other, all but how the image is built. */
    private String text(Path source) {
        String both = bench.sandbox().deployFile(source);
        int image = both.indexOf("    image:");
        int after = both.indexOf("    timeout:", image);
        return both.substring(0, image).replace("  containers:", "  layers:")
                + """
                    image:
                      repository: organization/app
                      build: layers
                      layers:
                        base: "%s"
                        stack:
                          - { name: app, from: ["."], split: true }
                        command: [puma, -C, docker/app/puma.rb]
                """.formatted(bench.runtime())
                + both.substring(after);
    }
}
