package io.deployflow.benchmark.ssh;

import io.deployflow.benchmark.MarkdownTable;
import io.deployflow.benchmark.Seconds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The figures as Markdown.
 *
 * @param results all runs
 * @param tools the tools' names, ours first
 */
record Tables(Results results, List<String> tools) {
    private static final String CAPISTRANO = "Capistrano";
    private static final String PLAIN = "plain ssh delta";

    Tables {
        tools = List.copyOf(tools);
    }

    /** Wall seconds of one scenario, and how the others compare; empty if it was not measured. */
    Optional<String> wall(Scenario scenario) {
        List<Cell> cells = cells(scenario);
        if (cells.isEmpty()) {
            return Optional.empty();
        }
        List<String> named = named(cells);
        List<String> header = new ArrayList<>(List.of("hosts", "round trip", "runs"));
        header.addAll(named);
        header.addAll(List.of("Capistrano : deployflow", "deployflow : plain ssh"));
        List<List<String>> rows = new ArrayList<>(List.of(header));
        for (Cell cell : cells) {
            List<String> row = place(cell);
            row.add(String.valueOf(results.count(cell, tools.get(0))));
            named.forEach(tool -> row.add(Seconds.of(results.wall(cell, tool))));
            row.add(ratio(cell, CAPISTRANO, tools.get(0)));
            row.add(ratio(cell, tools.get(0), PLAIN));
            rows.add(row);
        }
        return Optional.of(MarkdownTable.of(rows, 0));
    }

    /** Processor seconds of the machine that deploys, and of the whole machine with the hosts on it. */
    String processor(List<Scenario> scenarios) {
        List<String> header = new ArrayList<>(List.of("scenario", "hosts", "round trip"));
        tools.forEach(tool -> header.add(tool));
        List<List<String>> rows = new ArrayList<>(List.of(header));
        for (Scenario scenario : scenarios) {
            for (Cell cell : cells(scenario)) {
                List<String> row = new ArrayList<>(List.of(scenario.title()));
                row.addAll(place(cell));
                tools.forEach(tool -> row.add(results.cpu(cell, tool)
                        .map(mine -> Seconds.of(mine) + " / " + Seconds.of(results.machine(cell, tool)))
                        .orElse("-")));
                rows.add(row);
            }
        }
        return MarkdownTable.of(rows, 1);
    }

    /** Kilobytes that the machine that deploys sent, to all hosts together; empty if nothing was relayed. */
    Optional<String> sent() {
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of("scenario", "hosts"));
        header.addAll(tools);
        rows.add(header);
        BiFunction<Cell, String, String> kilobytes = (cell, tool) -> results.sent(cell, tool)
                .map(bytes -> String.format(Locale.ROOT, "%,d", Math.round(bytes / 1000.0)))
                .orElse("-");
        results.cells().stream()
                .filter(cell -> results.sent(cell, tools.get(0)).isPresent())
                .sorted(Comparator.comparing(Cell::scenario).thenComparing(Cell::hosts))
                .forEach(cell -> {
                    List<String> row = new ArrayList<>(List.of(cell.scenario().title(), String.valueOf(cell.hosts())));
                    tools.forEach(tool -> row.add(kilobytes.apply(cell, tool)));
                    rows.add(row);
                });
        return rows.size() == 1 ? Optional.empty() : Optional.of(MarkdownTable.of(rows, 1));
    }

    /** What must be reached. */
    static String requirements(List<Requirement> requirements) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("what", "verdict", "ratio", "at most", "the floor's", "Java's floor's", "figures"));
        requirements.forEach(one -> rows.add(List.of(
                one.title(),
                one.verdict(),
                one.number(),
                String.format(Locale.ROOT, "%.3g", one.limit()),
                one.floorNumber(),
                one.javaFloorNumber(),
                one.detail())));
        return MarkdownTable.of(rows, 2);
    }

    private List<Cell> cells(Scenario scenario) {
        return results.cells().stream()
                .filter(cell -> cell.scenario() == scenario)
                .sorted(Comparator.comparing(Cell::latency).thenComparing(Cell::hosts))
                .toList();
    }

    private List<String> named(List<Cell> cells) {
        return tools.stream()
                .filter(tool -> cells.stream().anyMatch(cell -> results.count(cell, tool) > 0))
                .toList();
    }

    private static List<String> place(Cell cell) {
        return new ArrayList<>(List.of(String.valueOf(cell.hosts()), latency(cell.latency())));
    }

    private static String latency(Duration latency) {
        return latency.toMillis() + " ms";
    }

    private String ratio(Cell cell, String tool, String other) {
        return results.ratio(cell, tool, other)
                .map(ratio -> String.format(Locale.ROOT, "%.1f", ratio))
                .orElse("-");
    }
}
