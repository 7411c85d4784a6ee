package io.deployflow.internal.compare;

import io.deployflow.compare.ComparisonReport;
import io.deployflow.compare.ComparisonReport.Place;
import io.deployflow.compare.Conditions;
import io.deployflow.compare.Forecast;
import io.deployflow.compare.Scenario;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The part of the pages that says what the same would take elsewhere: beside what was measured, and with what is
 * assumed, so that nobody takes it for a measurement.
 */
final class Elsewhere {
    private final ComparisonReport report;
    private final Conditions conditions;
    private final List<Forecast> forecasts;

    Elsewhere(ComparisonReport report, Conditions conditions) {
        this.report = report;
        this.conditions = conditions;
        this.forecasts = conditions.equals(Conditions.SAME) ? List.of() : ForecastMaker.of(report, conditions);
    }

    /** Nothing where nothing was asked for, or no run can be gone by. */
    String markdown() {
        return forecasts.isEmpty()
                ? ""
                : "## Somewhere else\n\nPredicted, not measured. " + verdict() + "With " + conditions + ":\n\n"
                        + ForecastMaker.table(forecasts) + "\nPredicted so:\n\n"
                        + ForecastMaker.LIMITS.stream()
                                .map(limit -> "- " + limit)
                                .collect(Collectors.joining("\n"));
    }

    /** Nothing where nothing was asked for, or no run can be gone by. */
    String html() {
        return forecasts.isEmpty()
                ? ""
                : """
                <section class="method" aria-labelledby="elsewhere">
                <h2 id="elsewhere">Somewhere else</h2>
                <p>Predicted, not measured: %s.</p>
                <p><strong>%s</strong></p>
                <div class="scroll"><table class="overview">
                <caption>What the run in the middle of each would take. In brackets: what it took here.</caption>
                <thead><tr><th scope="col">scenario</th>%s</tr></thead>
                <tbody>%s</tbody>
                </table></div>
                <ul>%s</ul>
                </section>
                """.formatted(
                                Html.text(conditions.toString()),
                                Html.text(verdict().strip()),
                                report.places().stream()
                                        .map(place -> "<th scope=\"col\">" + Html.text(place.name()) + "</th>")
                                        .collect(Collectors.joining()),
                                report.scenarios().stream().map(this::row).collect(Collectors.joining("\n")),
                                ForecastMaker.LIMITS.stream()
                                        .map(limit -> "<li>" + Html.text(limit) + "</li>")
                                        .collect(Collectors.joining("\n")));
    }

    /** With a blank after it; empty where there is nothing to compare. */
    private String verdict() {
        return PredictedVerdict.of(report, conditions, forecasts)
                .map(words -> words + " ")
                .orElse("");
    }

    private String row(Scenario scenario) {
        return "<tr><th scope=\"row\">%s</th>%s</tr>"
                .formatted(
                        Html.text(scenario.title()),
                        report.places().stream()
                                .map(place -> cell(scenario, place))
                                .collect(Collectors.joining()));
    }

    private String cell(Scenario scenario, Place place) {
        return forecasts.stream()
                .filter(forecast ->
                        forecast.scenario() == scenario && forecast.place().equals(place.name()))
                .findFirst()
                .map(forecast -> "<td>%s <small>(%s)</small></td>"
                        .formatted(Words.time(forecast.predicted()), Words.time(forecast.measured())))
                .orElse("<td class=\"none\">-</td>");
    }
}
