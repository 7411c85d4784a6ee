package io.deployflow.benchmark.ssh;

import io.deployflow.benchmark.Medians;
import io.deployflow.benchmark.Timed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every run that counted. Of each place and tool the median is told. */
final class Results {
    private final Map<Cell, Map<String, List<Timed>>> runs = new LinkedHashMap<>();
    private final Map<Cell, Map<String, List<Timed>>> failed = new LinkedHashMap<>();
    private final Map<Cell, Map<String, Long>> sent = new LinkedHashMap<>();

    void add(Cell cell, String tool, Timed run) {
        runs.computeIfAbsent(cell, place -> new LinkedHashMap<>())
                .computeIfAbsent(tool, name -> new ArrayList<>())
                .add(run);
    }

    /** Notes how many bytes the machine that deploys sent in one run. */
    void addSent(Cell cell, String tool, long bytes) {
        sent.computeIfAbsent(cell, place -> new LinkedHashMap<>()).put(tool, bytes);
    }

    /** Notes a run that failed, and was done again. */
    void addFailure(Cell cell, String tool, Timed run) {
        failed.computeIfAbsent(cell, place -> new LinkedHashMap<>())
                .computeIfAbsent(tool, name -> new ArrayList<>())
                .add(run);
    }

    /** How many have failed. */
    int failures(Cell cell, String tool) {
        return failed.getOrDefault(cell, Map.of()).getOrDefault(tool, List.of()).size();
    }

    /** What failed, where, how often and why, in lines of Markdown; empty where nothing did. */
    String failures() {
        StringBuilder lines = new StringBuilder();
        failed.forEach((cell, tools) ->
                tools.forEach((tool, all) -> lines.append("- %s, %d hosts, %d ms: %s failed %s before it did it: `%s`%n"
                        .formatted(
                                cell.scenario().title(),
                                cell.hosts(),
                                cell.latency().toMillis(),
                                tool,
                                all.size() == 1 ? "once" : all.size() + " times",
                                all.get(0).complaint()))));
        return lines.toString();
    }

    Set<Cell> cells() {
        return runs.keySet();
    }

    Optional<Duration> wall(Cell cell, String tool) {
        return median(cell, tool, Timed::wall);
    }

    Optional<Duration> cpu(Cell cell, String tool) {
        return median(cell, tool, Timed::cpu);
    }

    Optional<Duration> machine(Cell cell, String tool) {
        return median(cell, tool, Timed::machine);
    }

    Optional<Long> sent(Cell cell, String tool) {
        return Optional.ofNullable(sent.getOrDefault(cell, Map.of()).get(tool));
    }

    int count(Cell cell, String tool) {
        return of(cell, tool).size();
    }

    /** How many times as long one tool took as another. */
    Optional<Double> ratio(Cell cell, String tool, String other) {
        return wall(cell, tool)
                .flatMap(mine -> wall(cell, other).map(its -> (double) mine.toMillis() / Math.max(1, its.toMillis())));
    }

    /** Every run of a tool at a place, in the order in which they were. */
    List<Timed> of(Cell cell, String tool) {
        return runs.getOrDefault(cell, Map.of()).getOrDefault(tool, List.of());
    }

    private interface Part {
        Duration of(Timed run);
    }

    private Optional<Duration> median(Cell cell, String tool, Part part) {
        return Medians.of(of(cell, tool).stream().map(part::of).toList());
    }
}
