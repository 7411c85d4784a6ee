package io.deployflow.benchmark.ssh;

import io.deployflow.benchmark.LineChart;
import io.deployflow.benchmark.Timed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The page of one run, its plots, and every single figure.
 *
 * @param results all runs
 * @param tools the tools' names, ours first
 * @param facts what was measured on and with
 */
record Page(Results results, List<String> tools, Facts facts) {

    /**
     * What a reader must know to repeat it.
     *
     * @param command what was typed
     * @param date when, as a person reads it
     * @param machine processors, memory, kernel
     * @param versions of everything that took part
     * @param minutes how long all of it took
     */
    record Facts(String command, String date, String machine, String versions, long minutes) {}

    private static final String FLOOR = """
            "The floor's" is the same ratio for the least that a deploy over ssh can do: for one changed file `plain ssh delta`, for a
            first deploy `ssh + tar` (below). Where it is above "at most" itself, no deploy over ssh reaches that on this machine:
            all hosts share its processors, so that the time to log in to each and to copy its tree is what counts, while
            hosts of their own would do that at the same time. "Java's floor's" is that of `plain JSch delta`: it starts a JVM and logs
            in with JSch, and is `plain ssh delta` otherwise.

            """;

    /** Writes {@code ssh.md}, {@code ssh.csv} and the plots into a folder; what was not measured keeps no plot. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Map<String, LineChart> charts = charts();
        for (Map.Entry<String, LineChart> chart : charts.entrySet()) {
            Files.writeString(folder.resolve(chart.getKey()), chart.getValue().svg());
        }
        Files.writeString(folder.resolve("ssh.md"), text(charts));
        Files.writeString(folder.resolve("ssh.csv"), everyFigure());
    }

    private Map<String, LineChart> charts() {
        Map<String, LineChart> charts = new LinkedHashMap<>();
        results.cells().stream().map(Cell::latency).distinct().sorted().forEach(latency -> {
            chart(charts, Scenario.CHANGE_AND_PRUNE, latency);
            chart(charts, Scenario.FIRST, latency);
        });
        return charts;
    }

    private void chart(Map<String, LineChart> charts, Scenario scenario, Duration latency) {
        List<LineChart.Series> series = new ArrayList<>();
        for (String tool : tools) {
            series.add(new LineChart.Series(tool, tools.indexOf(tool), points(scenario, latency, tool)));
        }
        if (series.stream().anyMatch(line -> line.points().size() > 1)) {
            String name = "ssh-%s-%dms.svg"
                    .formatted(scenario.name().toLowerCase(Locale.ROOT).replace('_', '-'), latency.toMillis());
            String title =
                    scenario.title() + (latency.isZero() ? "" : ", " + latency.toMillis() + " ms of added round trip");
            charts.put(name, new LineChart(title, "hosts", "seconds, logarithmic", series));
        }
    }

    private List<LineChart.Point> points(Scenario scenario, Duration latency, String tool) {
        return results.cells().stream()
                .filter(cell -> cell.scenario() == scenario && cell.latency().equals(latency))
                .sorted(Comparator.comparing(Cell::hosts))
                .flatMap(cell -> results.wall(cell, tool).stream()
                        .map(wall -> new LineChart.Point(cell.hosts(), wall.toMillis() / 1000.0)))
                .toList();
    }

    private String text(Map<String, LineChart> charts) {
        StringBuilder text = new StringBuilder("# The SSH road against other tools\n\n");
        text.append("Written by `").append(facts.command()).append("`, ").append(facts.date());
        text.append(", in %d minutes. Repeat it with the same command: it sets up everything by itself.%n%n"
                .formatted(facts.minutes()));
        text.append("## What it must reach\n")
                .append(Tables.requirements(requirements()))
                .append("\n\n")
                .append(FLOOR);
        charts.forEach((file, chart) -> text.append("![%s](%s)%n%n".formatted(chart.title(), file)));
        text.append("## Wall seconds\nThe median of the runs, process start counted.\n\n");
        for (Scenario scenario : Scenario.values()) {
            table().wall(scenario)
                    .ifPresent(rows -> text.append("### ")
                            .append(scenario.title())
                            .append('\n')
                            .append(rows)
                            .append("\n\n"));
        }
        text.append(
                "## Processor seconds\nOf the machine that deploys / of all there is: the hosts are on it too.\n\n");
        text.append(table().processor(List.of(Scenario.FIRST, Scenario.CHANGE_AND_PRUNE)))
                .append("\n\n");
        table().sent()
                .ifPresent(rows -> text.append("## Kilobytes sent\nTo all hosts together. Capistrano's hosts fetch the")
                        .append(" files themselves, from a disk, which is not counted.\n\n")
                        .append(rows)
                        .append("\n\n"));
        if (!results.failures().isEmpty()) {
            text.append("## What failed\nAnd was done again; what is measured is the run that arrived.\n\n")
                    .append(results.failures())
                    .append('\n');
        }
        return text.append(method()).toString();
    }

    List<Requirement> requirements() {
        return Requirements.of(results);
    }

    Tables table() {
        return new Tables(results, tools);
    }

    private String method() {
        return """
                ## How it was measured
                - Machine: %s. Everything is on it: what deploys, and every host. %s.
                - Hosts: one container each, of Debian with OpenSSH as packaged, an sshd, files and limits of its own (25 MB of
                  memory a host, so 50 are no matter). One container with many sshd would share process table, user and home
                  directory, and every tool but ours would have to be told another directory for each host.
                - Tree: 2,000 files of 10 KB, 20 MB, 14 MB compressed; a git work tree. One changed file is one commit that
                  changes a file of one line.
                - Round trip: a relay before each host holds every byte back for half of it, and a new connection for one and a
                  half, as TCP's handshake does.
                - Time: bash's `time` around the whole command, for all tools alike. Capistrano's is taken inside of its container.
                - All tools by turns, another one first in every round; after each run every host is asked for its tree (names,
                  sizes and the changed file; every file's content after a first deploy), and a run that did not arrive ends
                  the benchmark. What fails by its own account is told above, and done again.
                - Pruning: %s
                - Capistrano: Debian's, with its git plugin and default settings. Its hosts read the repository from a mounted
                  directory: no network lies between, which is better than it has it anywhere else.
                - `ssh + tar`: the whole tree packed once and unpacked on all hosts at once by the plain `ssh` command, then the link
                  switched. It is the same for every scenario, so it is told for the first deploy alone.
                - `rsync --link-dest`: on all hosts at once, against what is live, then the switch by a second `ssh`.
                - `plain ssh delta`: one `ssh` a host, all at once: `cp -al` of what is live, `tar` of the one file that is known to
                  have changed, switch, prune. No lock, no check of what arrived, no look at what was there, no way back: a floor,
                  no tool.
                - `plain JSch delta`: the same by one Java program of a hundred lines with JSch and nothing else, its classes in an
                  archive, with the quick compiler alone: what a JVM and a login cost where nothing more is done.
                - First deploys of many hosts are measured without added round trip only, and so is "no change" on 25 hosts or more,
                  and what does not prune on more than 30: processors decide there. Each single figure: [ssh.csv](ssh.csv).
                """.formatted(
                        facts.machine(),
                        facts.versions(),
                        "3 releases stay, so that each deploy removes one; without, none is removed.");
    }

    private String everyFigure() {
        StringBuilder lines =
                new StringBuilder("scenario,hosts,round_trip_ms,tool,wall_s,controller_cpu_s,machine_cpu_s\n");
        for (Cell cell : results.cells()) {
            for (String tool : tools) {
                for (Timed run : results.of(cell, tool)) {
                    lines.append(String.format(
                            Locale.ROOT,
                            "%s,%d,%d,%s,%.3f,%.3f,%.2f%n",
                            cell.scenario().title().replace(",", ""),
                            cell.hosts(),
                            cell.latency().toMillis(),
                            tool,
                            run.wall().toMillis() / 1000.0,
                            run.cpu().toMillis() / 1000.0,
                            run.machine().toMillis() / 1000.0));
                }
            }
        }
        return lines.toString();
    }
}
