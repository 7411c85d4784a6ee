package io.deployflow.internal.compare;

import io.deployflow.compare.ComparisonReport;
import io.deployflow.compare.ComparisonReport.Place;
import io.deployflow.compare.Scenario;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The table at the top of the page: scenario by target, with what is fastest marked. */
final class Overview {
    private final ComparisonReport report;

    Overview(ComparisonReport report) {
        this.report = report;
    }

    String html() {
        return """
                <div class="scroll"><table class="overview">
                <caption>Medians. In brackets: how many times as long as the fastest.</caption>
                <thead><tr><th scope="col">scenario</th>%s</tr></thead>
                <tbody>%s</tbody>
                </table></div>
                """.formatted(
                        report.places().stream().map(Overview::head).collect(Collectors.joining()),
                        report.scenarios().stream().map(this::row).collect(Collectors.joining("\n")));
    }

    private static String head(Place place) {
        return "<th scope=\"col\">%s <small>%s, %s</small></th>"
                .formatted(Html.text(place.name()), Html.text(place.type()), Words.counted(place.units(), "unit"));
    }

    private String row(Scenario scenario) {
        List<Cell> cells = report.places().stream()
                .map(place -> Cell.of(report, place, scenario))
                .toList();
        List<Figures> known =
                cells.stream().flatMap(cell -> cell.figures().stream()).toList();
        List<Figures> ranked =
                known.stream().sorted(Comparator.comparing(Figures::median)).toList();
        Optional<Figures> best = ranked.stream().findFirst();
        boolean isRace = ranked.size() > 1 && ranked.stream().skip(1).noneMatch(ranked.get(0)::isCloseTo);
        return "<tr><th scope=\"row\"><a href=\"#%s\">%s</a></th>%s</tr>"
                .formatted(
                        scenario.word(),
                        Html.text(scenario.title()),
                        cells.stream().map(cell -> cell(cell, best, isRace)).collect(Collectors.joining()));
    }

    private static String cell(Cell cell, Optional<Figures> best, boolean isRace) {
        String failed = cell.failures() == 0
                ? ""
                : " <em class=\"failed\">\u2715 %d of %d failed</em>"
                        .formatted(cell.failures(), cell.runs().size());
        if (cell.figures().isEmpty() || best.isEmpty()) {
            return "<td class=\"none\">" + (failed.isEmpty() ? "not done" : failed) + "</td>";
        }
        Figures mine = cell.figures().get();
        boolean isBest = mine.median().equals(best.get().median());
        String times = isBest || best.get().median().isZero()
                ? ""
                : " <small>(" + Words.times(mine.times(best.get())) + ")</small>";
        return "<td%s>%s%s%s</td>"
                .formatted(isBest && isRace ? " class=\"best\"" : "", Words.time(mine.median()), times, failed);
    }
}
