package io.deployflow.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.compare.ComparisonListener;
import io.deployflow.compare.ComparisonReport;
import io.deployflow.compare.ComparisonReport.Run;
import io.deployflow.compare.Conditions;
import io.deployflow.compare.Forecast;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A comparison as JSON objects, one a line. The names of the fields are a promise: see {@code docs/cli.md}. */
record JsonComparison(Terminal terminal, Verbosity verbosity) implements ComparisonListener {

    @Override
    public void ended(Run run, int done, int total, Duration left) {
        if (verbosity == Verbosity.QUIET) {
            return;
        }
        terminal.out()
                .println(JsonNodeFactory.instance
                        .objectNode()
                        .put("event", "run")
                        .put("at", run.begun().toString())
                        .put("target", run.place())
                        .put("scenario", run.scenario().word())
                        .put("number", run.number())
                        .put("took_ms", run.wall().toMillis())
                        .put("end", run.end().name().toLowerCase(Locale.ROOT))
                        .put("as_expected", run.isAsExpected())
                        .put("message", run.failure())
                        .put("done", done)
                        .put("total", total)
                        .put("left_ms", left.toMillis()));
    }

    /** The last line; the data itself is in a file. */
    static ObjectNode answer(ComparisonReport report, Path page, Optional<Conditions> conditions) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("event", "comparison")
                .put("exit_code", ExitCode.of(report).number())
                .put("report", page.toAbsolutePath().normalize().toString());
        ArrayNode findings = json.putArray("findings");
        report.findings().forEach(findings::add);
        conditions.ifPresent(there -> {
            List<Forecast> forecasts = Forecast.of(report, there);
            Forecast.verdict(report, there, forecasts).ifPresent(verdict -> json.put("predicted", verdict));
            ArrayNode predictions = json.putArray("predictions");
            forecasts.forEach(forecast -> predictions
                    .addObject()
                    .put("target", forecast.place())
                    .put("scenario", forecast.scenario().word())
                    .put("measured_ms", forecast.measured().toMillis())
                    .put("predicted_ms", forecast.predicted().toMillis()));
        });
        return json;
    }
}
