package io.deployflow.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Scenario by road, with the time of each phase in seconds, as a Markdown table that also reads well on a terminal. */
final class ResultTable {
    private static final List<String> PHASES =
            List.of("start", "preflight", "build", "push", "rollout", "verify", "rollback", "cleanup");

    private ResultTable() {}

    static String of(List<Result> results) {
        List<String> phases = PHASES.stream()
                .filter(phase -> results.stream()
                        .anyMatch(result -> result.run().phases().containsKey(phase)))
                .toList();
        List<List<String>> rows = new ArrayList<>();
        rows.add(header(phases));
        results.forEach(result -> rows.add(row(result, phases)));
        return MarkdownTable.of(rows, 2);
    }

    private static List<String> header(List<String> phases) {
        List<String> cells = new ArrayList<>(List.of("scenario", "road", "total"));
        cells.addAll(phases);
        cells.add("exit");
        return cells;
    }

    private static List<String> row(Result result, List<String> phases) {
        Run run = result.run();
        List<String> cells =
                new ArrayList<>(List.of(result.scenario().title(), result.road().name(), seconds(run.wall())));
        phases.forEach(phase ->
                cells.add(run.phases().containsKey(phase) ? seconds(run.phases().get(phase)) : "-"));
        cells.add(Integer.toString(run.exitCode()));
        return cells;
    }

    /** Seconds with one digit: what a person on a noisy machine can compare. */
    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
    }
}
