package io.deployflow.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
        return render(rows);
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

    private static String render(List<List<String>> rows) {
        int columns = rows.get(0).size();
        List<Integer> widths = IntStream.range(0, columns)
                .mapToObj(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toList();
        List<String> lines = new ArrayList<>();
        rows.forEach(row -> lines.add(line(row, widths)));
        lines.add(1, rule(widths));
        return String.join("\n", lines);
    }

    private static String line(List<String> row, List<Integer> widths) {
        return IntStream.range(0, row.size())
                .mapToObj(column -> pad(row.get(column), widths.get(column), column < 2))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String rule(List<Integer> widths) {
        return IntStream.range(0, widths.size())
                .mapToObj(column -> "-".repeat(widths.get(column) + 1) + (column < 2 ? "-" : ":"))
                .collect(Collectors.joining("|", "|", "|"));
    }

    private static String pad(String text, int width, boolean left) {
        String blanks = " ".repeat(width - text.length());
        return left ? text + blanks : blanks + text;
    }
}
