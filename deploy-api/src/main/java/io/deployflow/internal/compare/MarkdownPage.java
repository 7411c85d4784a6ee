package io.deployflow.internal.compare;

import io.deployflow.compare.ComparisonReport;
import io.deployflow.compare.ComparisonReport.Place;
import io.deployflow.compare.ComparisonReport.Row;
import io.deployflow.compare.ComparisonReport.Run;
import io.deployflow.compare.Conditions;
import io.deployflow.compare.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A report as Markdown that also reads well on a terminal. */
public final class MarkdownPage {
    private static final int NAMES = 2;
    private static final int FAILURE = 160;

    private MarkdownPage() {}

    /** All of it, and what the same would take elsewhere. */
    public static String of(ComparisonReport report, Conditions elsewhere) {
        List<String> blocks = new ArrayList<>();
        blocks.add("# " + PageText.title(report));
        blocks.add(
                Findings.of(report).stream().map(text -> "- " + escaped(text)).collect(Collectors.joining("\n")));
        blocks.add(
                "## Times\n\nMedian of the runs that ended as they should, and between which times half of them lie.\n\n"
                        + table(times(report), NAMES));
        blocks.add("## Phases\n\nSeconds, of the run in the middle of each.\n\n" + table(phases(report), NAMES));
        if (!report.omissions().isEmpty()) {
            blocks.add("## Left out\n\n"
                    + report.omissions().stream()
                            .map(omission -> "- " + omission.scenario().title() + " on " + omission.place() + ": "
                                    + escaped(omission.reason()))
                            .collect(Collectors.joining("\n")));
        }
        Optional.of(new Elsewhere(report, elsewhere).markdown())
                .filter(text -> !text.isEmpty())
                .ifPresent(blocks::add);
        blocks.add("## Every run\n\n" + table(runs(report), NAMES));
        blocks.add("## How it was measured\n\n"
                + PageText.method(report).stream()
                        .map(text -> "- " + escaped(text))
                        .collect(Collectors.joining("\n")));
        return String.join("\n\n", blocks) + "\n";
    }

    /** The sentences of {@link Findings}. */
    public static List<String> findings(ComparisonReport report) {
        return Findings.of(report);
    }

    /** What it says, and the table of times. */
    public static String shortForm(ComparisonReport report) {
        return Findings.of(report).stream().map(text -> "- " + text + "\n").collect(Collectors.joining()) + "\n"
                + table(times(report), NAMES) + "\n";
    }

    /** Scenario by target. */
    private static List<List<String>> times(ComparisonReport report) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "scenario", "target", "median", "half of them", "runs", "failed", "sent", "questions", "clients"));
        for (Cell cell : cells(report)) {
            rows.add(List.of(
                    cell.scenario().title(),
                    cell.place().name(),
                    cell.figures().map(figures -> Words.time(figures.median())).orElse("-"),
                    cell.figures()
                            .map(figures -> Words.time(figures.low()) + " to " + Words.time(figures.high()))
                            .orElse("-"),
                    Integer.toString(cell.runs().size()),
                    Integer.toString(cell.failures()),
                    cell.typical().map(run -> Words.bytes(run.bytes())).orElse("-"),
                    cell.typical().map(run -> Words.count(run.calls())).orElse("-"),
                    cell.visits().requests() == 0
                            ? "-"
                            : cell.visits().failed() + " of " + cell.visits().requests() + " failed"));
        }
        return rows;
    }

    private static List<List<String>> phases(ComparisonReport report) {
        List<String> names = PageText.rowNames(report);
        List<List<String>> rows = new ArrayList<>();
        rows.add(Stream.of(List.of("scenario", "target", "total"), names)
                .flatMap(List::stream)
                .toList());
        for (Cell cell : cells(report)) {
            cell.typical().ifPresent(run -> {
                List<String> row = new ArrayList<>(
                        List.of(cell.scenario().title(), cell.place().name(), seconds(run.wall())));
                names.forEach(name -> row.add(sum(run, name)));
                rows.add(row);
            });
        }
        return rows;
    }

    private static String sum(Run run, String name) {
        return run.rows().stream()
                .filter(row -> row.name().equals(name))
                .map(Row::took)
                .reduce(Duration::plus)
                .map(MarkdownPage::seconds)
                .orElse("-");
    }

    private static List<List<String>> runs(ComparisonReport report) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("scenario", "target", "run", "seconds", "end", "why"));
        for (Run run : report.runs()) {
            rows.add(List.of(
                    run.scenario().title(),
                    run.place(),
                    run.isWarmUp() ? "warm-up" : Integer.toString(run.number()),
                    seconds(run.wall()),
                    PageText.end(run),
                    shortened(run.failure())));
        }
        return rows;
    }

    private static List<Cell> cells(ComparisonReport report) {
        List<Cell> cells = new ArrayList<>();
        for (Scenario scenario : report.scenarios()) {
            for (Place place : report.places()) {
                Cell cell = Cell.of(report, place, scenario);
                if (!cell.all().isEmpty()) {
                    cells.add(cell);
                }
            }
        }
        return cells;
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.2f", time.toNanos() / 1e9);
    }

    private static String shortened(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() <= FAILURE ? line : line.substring(0, FAILURE) + "...";
    }

    private static String escaped(String text) {
        return text.replace("<", "&lt;").replace("|", "\\|").replace("\n", " ");
    }

    /**
     * A table whose columns are as wide as their widest cell.
     *
     * @param left how many columns are text; the others are numbers
     */
    static String table(List<List<String>> rows, int left) {
        int columns = rows.get(0).size();
        List<Integer> widths = new ArrayList<>(Collections.nCopies(columns, 3));
        rows.forEach(row -> {
            for (int column = 0; column < columns; column++) {
                widths.set(
                        column,
                        Math.max(widths.get(column), escaped(row.get(column)).length()));
            }
        });
        List<String> lines = new ArrayList<>(
                rows.stream().map(row -> line(row, widths, left)).toList());
        StringBuilder rule = new StringBuilder("|");
        for (int column = 0; column < columns; column++) {
            rule.append('-').append("-".repeat(widths.get(column))).append(column < left ? "-|" : ":|");
        }
        lines.add(1, rule.toString());
        return String.join("\n", lines);
    }

    private static String line(List<String> row, List<Integer> widths, int left) {
        StringBuilder line = new StringBuilder("|");
        for (int column = 0; column < row.size(); column++) {
            String cell = escaped(row.get(column));
            String blanks = " ".repeat(widths.get(column) - cell.length());
            line.append(' ')
                    .append(column < left ? cell + blanks : blanks + cell)
                    .append(" |");
        }
        return line.toString();
    }
}
