package io.deployflow.internal.compare;

import io.deployflow.compare.ComparisonReport;
import io.deployflow.compare.ComparisonReport.Row;
import io.deployflow.compare.ComparisonReport.Run;
import io.deployflow.compare.Scenario;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The part of the page that one scenario has: for each target its waterfall, its runs, its numbers and its units. */
final class ScenarioSection {
    private final ComparisonReport report;
    private final Scenario scenario;
    private final List<Cell> cells;
    private final Axis axis;

    ScenarioSection(ComparisonReport report, Scenario scenario) {
        this.report = report;
        this.scenario = scenario;
        this.cells = report.places().stream()
                .map(place -> Cell.of(report, place, scenario))
                .toList();
        this.axis = Axis.upTo(
                cells.stream().map(Cell::longest).max(Comparator.naturalOrder()).orElse(Duration.ZERO));
    }

    String html() {
        boolean failed = cells.stream().anyMatch(cell -> cell.all().stream().anyMatch(run -> !run.isAsExpected()));
        return """
                <section class="scenario" id="%1$s" data-scenario="%1$s" data-failed="%2$s" aria-labelledby="h-%1$s">
                <h2 id="h-%1$s">%3$s</h2>
                <p class="meaning">%4$s</p>
                %5$s
                <div class="axis" aria-hidden="true">%6$s</div>
                </section>
                """.formatted(
                        scenario.word(),
                        failed,
                        Html.text(capital(scenario.title())),
                        Html.text(capital(scenario.meaning()) + "."),
                        IntStream.range(0, cells.size())
                                .mapToObj(index -> place(cells.get(index), index))
                                .collect(Collectors.joining("\n")),
                        marks());
    }

    private String place(Cell cell, int index) {
        return """
                <div class="place" data-place="%s">
                <div class="who"><b>%s</b> <span>%s</span></div>
                <div class="charts">%s</div>
                </div>""".formatted(
                        Html.text(cell.place().name()), Html.text(cell.place().name()), who(cell), charts(cell, index));
    }

    private static String who(Cell cell) {
        return cell.figures()
                        .map(figures -> "<strong>" + Words.time(figures.median()) + "</strong>"
                                + (figures.count() == 1
                                        ? " <small>1 run</small>"
                                        : " <small>" + Words.time(figures.shortest()) + " to "
                                                + Words.time(figures.longest()) + ", "
                                                + Words.counted(figures.count(), "run") + "</small>"))
                        .orElse("<small>no time</small>")
                + (cell.failures() == 0
                        ? ""
                        : " <em class=\"failed\">\u2715 " + Words.counted(cell.failures(), "run") + " failed</em>");
    }

    private String charts(Cell cell, int index) {
        if (cell.all().isEmpty()) {
            return "<p class=\"none\">Not done: "
                    + Html.text(report.omissions().stream()
                            .filter(omission -> omission.scenario() == scenario
                                    && omission.place().equals(cell.place().name()))
                            .map(ComparisonReport.Omission::reason)
                            .findFirst()
                            .orElse("the comparison ended before"))
                    + ".</p>";
        }
        return grid()
                + cell.shown().map(run -> Waterfall.of(run, axis)).orElse("")
                + Strip.of(cell, axis)
                + failures(cell)
                + "<div class=\"more\">"
                + cell.shown().map(run -> numbers(run, cell)).orElse("") + lanes(cell, index)
                + "</div>";
    }

    /** Empty: the page draws them when they are asked for. */
    private String lanes(Cell cell, int index) {
        return cell.all().stream().allMatch(run -> run.lanes().isEmpty())
                ? ""
                : "<details class=\"lanes\" data-target=\"%d\" data-scenario=\"%d\"><summary>What each unit did</summary></details>"
                        .formatted(index, report.scenarios().indexOf(scenario));
    }

    private static String failures(Cell cell) {
        return cell.all().stream()
                .filter(run -> !run.isAsExpected())
                .collect(Collectors.groupingBy(
                        run -> PageText.end(run) + ": "
                                + run.failure().lines().findFirst().orElse("no reason given"),
                        LinkedHashMap::new,
                        Collectors.counting()))
                .entrySet()
                .stream()
                .map(failure -> "<p class=\"why\">\u2715 " + Words.counted(failure.getValue(), "run") + ": "
                        + Html.text(failure.getKey()) + "</p>")
                .collect(Collectors.joining());
    }

    /** What is drawn, for who cannot see it or wants to copy it. */
    private static String numbers(Run run, Cell cell) {
        String rows = run.rows().stream().map(ScenarioSection::row).collect(Collectors.joining());
        return """
                <details class="numbers"><summary>Numbers</summary><div class="scroll"><table>
                <caption>%s%s</caption>
                <thead><tr><th scope="col">phase</th><th scope="col">begins</th><th scope="col">takes</th><th scope="col">sent</th><th scope="col">questions</th></tr></thead>
                <tbody>%s</tbody>
                <tfoot><tr><th scope="row">in all</th><td></td><td>%s</td><td>%s</td><td>%s</td></tr></tfoot>
                </table></div></details>""".formatted(
                which(run),
                cell.visits().requests() == 0
                        ? ""
                        : "; of " + Words.counted(cell.visits().requests(), "client request")
                                + " in all runs " + Words.count(cell.visits().failed()) + " failed"
                                + Html.text(
                                        cell.visits().firstFailure().isEmpty()
                                                ? ""
                                                : ", the first: "
                                                        + cell.visits().firstFailure()),
                rows,
                Words.time(run.wall()),
                Words.bytes(run.bytes()),
                Words.count(run.calls()));
    }

    private static String which(Run run) {
        String name = run.isWarmUp() ? "the warm-up" : "run " + run.number();
        return run.isAsExpected() ? "The run in the middle: " + name : "No run ended as it should; shown is " + name;
    }

    private static String row(Row row) {
        return "<tr><th scope=\"row\"><i class=\"key p-%s\"></i>%s</th><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>"
                .formatted(
                        Html.word(row.name()),
                        Html.text(row.name()) + (row.succeeded() ? "" : " (failed)"),
                        Words.time(row.start()),
                        Words.time(row.took()),
                        row.bytes() == 0 ? "" : Words.bytes(row.bytes()),
                        row.calls() == 0 ? "" : Words.count(row.calls()));
    }

    private String grid() {
        return axis.marks().stream()
                .map(mark -> "<i class=\"grid\" style=\"left:" + Html.percent(axis.share(mark)) + "\"></i>")
                .collect(Collectors.joining());
    }

    private String marks() {
        return axis.marks().stream()
                .map(mark ->
                        "<span style=\"left:" + Html.percent(axis.share(mark)) + "\">" + Axis.label(mark) + "</span>")
                .collect(Collectors.joining());
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
