package io.deployflow.benchmark.layers;

import io.deployflow.benchmark.BarChart;
import io.deployflow.benchmark.Machine;
import io.deployflow.benchmark.MarkdownTable;
import io.deployflow.benchmark.Requirement;
import io.deployflow.benchmark.Seconds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The page of one run.
 *
 * @param figures all runs
 * @param rounds how often each figure was taken
 * @param minutes how long all of it took
 */
record Page(Figures figures, int rounds, long minutes) {
    private static final List<String> TOOLS =
            List.of(LayersTool.NAME, DockerTool.NAME, DockerTool.BUILDKIT_NAME, CurlTool.NAME, JvmTool.NAME);
    private static final SortedMap<String, String> ROADS =
            new TreeMap<>(Map.of("hosts", "4 hosts", "layers", "4 tasks"));
    private static final int SMALL = 20_000;

    /** Writes {@code layers.md} and its plot. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("layers.svg"), chart().svg());
        Files.writeString(folder.resolve("layers.md"), """
                # One changed file as an image

                `bin/benchmark layers --runs %d` on %s: %s, Java %s. It took %d minutes.

                An application of 2,000 files and 20 MB with 80 MB of dependencies on a base image of about 200 MB; one small
                file of the application changes. The Dockerfile copies the dependencies, then the application, then one more file
                by itself, as can be done for a file that is known to change: "a file with a COPY of its own". Both ways on
                the same machine, the same registry and the same base image, by turns; medians of %d runs, in seconds from the
                command to its end. On a fresh machine, neither an image nor a cache is there; `docker` pulls the image before
                for its layers (`--cache-from`), `deployflow` asks the registry for its keys. The sandbox runs no tasks
                meanwhile: their health checks would take a part of the processors.

                "The floor's" is the same ratio for the least that brings the file there: one layer of that one file upon
                nothing, by `tar`, `gzip` and `curl`, which looks nothing up and checks nothing. `java -version` is what Java
                takes to start and to end.

                ![Build and push](layers.svg)

                %s
                """.formatted(
                        rounds,
                        LocalDate.now(ZoneOffset.UTC),
                        Machine.description(),
                        System.getProperty("java.version"),
                        minutes,
                        rounds,
                        tables()));
    }

    private BarChart chart() {
        List<BarChart.Bar> bars = new ArrayList<>();
        for (Scenario scenario : Scenario.values()) {
            for (String tool : TOOLS) {
                figures.wall(scenario.title(), tool)
                        .ifPresent(wall -> bars.add(new BarChart.Bar(
                                scenario.title() + ": " + tool,
                                wall.toMillis() / 1e3,
                                tool.equals(LayersTool.NAME) ? 0 : 1)));
            }
        }
        return new BarChart("Build and push of one changed file", "seconds", bars);
    }

    /** All of it, in tables. */
    String tables() {
        return String.join("\n\n", images(), deploys(), steps(), Requirement.table(requirements()));
    }

    private String images() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("scenario", "way", "seconds", "bytes to the registry"));
        for (Scenario scenario : Scenario.values()) {
            for (String tool : TOOLS) {
                figures.wall(scenario.title(), tool)
                        .ifPresent(wall -> rows.add(List.of(
                                scenario.title(),
                                tool,
                                Seconds.of(wall),
                                figures.sent(scenario.title(), tool)
                                        .map(bytes -> String.format(Locale.ROOT, "%,d", bytes))
                                        .orElse("-"))));
            }
        }
        return MarkdownTable.of(rows, 2);
    }

    private String deploys() {
        List<String> phases = figures.phases();
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of("whole deploy, clock fast"));
        header.addAll(phases);
        rows.add(header);
        ROADS.forEach((road, title) -> {
            List<String> row = new ArrayList<>(List.of(title));
            phases.forEach(phase -> row.add(Seconds.of(figures.deploy(road, phase))));
            rows.add(row);
        });
        return MarkdownTable.of(rows, 1);
    }

    /** Where a rollout's time goes: steps of several units pass at once, so that they do not add up. */
    private String steps() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("road", "step", "longest of a unit"));
        ROADS.forEach((road, title) ->
                figures.steps(road).forEach((step, took) -> rows.add(List.of(title, step, Seconds.of(took)))));
        return MarkdownTable.of(rows, 2);
    }

    boolean isReached() {
        return requirements().stream()
                .allMatch(one -> one.isReached() || one.measured().isEmpty());
    }

    private List<Requirement> requirements() {
        return List.of(
                faster("warm, of docker build + push", 0.2, Scenario.WARM),
                faster("fresh machine, of docker build + push", 0.1, Scenario.COLD),
                new Requirement(
                        "bytes beside the changed layers",
                        SMALL,
                        figures.overhead(Scenario.WARM.title(), LayersTool.NAME).map(Long::doubleValue),
                        "requests, configuration and manifest"),
                new Requirement(
                        "whole deploy, of the SSH road's",
                        2,
                        ratio(figures.deploy("layers", "total"), figures.deploy("hosts", "total")),
                        "see the phases"),
                new Requirement(
                        "heap for a layer of " + figures.largeMegabytes() + " MB, in MB",
                        128,
                        figures.large().isZero() ? Optional.empty() : Optional.of(128.0),
                        "done in " + Seconds.of(figures.large()) + " s"));
    }

    private Requirement faster(String title, double limit, Scenario scenario) {
        Optional<Duration> ours = figures.wall(scenario.title(), LayersTool.NAME);
        Optional<Duration> dockers = figures.wall(scenario.title(), DockerTool.NAME);
        Optional<Duration> floor = figures.wall(scenario.title(), CurlTool.NAME);
        return new Requirement(
                title,
                limit,
                ratio(ours, dockers),
                Seconds.of(ours) + " s and " + Seconds.of(dockers) + " s"
                        + ratio(floor, dockers)
                                .map(least -> String.format(Locale.ROOT, "; the floor's %.2f", least))
                                .orElse(""));
    }

    private static Optional<Double> ratio(Optional<Duration> one, Optional<Duration> other) {
        return one.flatMap(mine -> other.map(its -> (double) mine.toMillis() / Math.max(1, its.toMillis())));
    }
}
