package io.deployflow.cli;

import io.deployflow.compare.ComparisonListener;
import io.deployflow.compare.ComparisonReport;
import io.deployflow.compare.ComparisonReport.Run;
import io.deployflow.compare.Conditions;
import io.deployflow.compare.Forecast;
import io.deployflow.compare.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Tells a person run by run how far a comparison is. */
final class ComparisonLines implements ComparisonListener {
    private final Terminal terminal;
    private final Style style;
    private final Verbosity verbosity;

    ComparisonLines(Terminal terminal, Verbosity verbosity) {
        this.terminal = terminal;
        this.style = Style.of(terminal);
        this.verbosity = verbosity;
    }

    /** What it would take elsewhere, and what that assumes. */
    static String forecast(ComparisonReport report, Conditions conditions) {
        List<Forecast> forecasts = Forecast.of(report, conditions);
        return "\nWith " + conditions + ":\n\n"
                + Forecast.verdict(report, conditions, forecasts)
                        .map(verdict -> verdict + "\n\n")
                        .orElse("")
                + Forecast.table(forecasts) + "\nPredicted so:\n"
                + Forecast.limits().stream().map(limit -> "- " + limit + "\n").collect(Collectors.joining());
    }

    @Override
    public void prepares(String what) {
        if (verbosity == Verbosity.VERBOSE) {
            terminal.out().println(style.dim("not measured: " + what));
        }
    }

    @Override
    public void begins(String place, Scenario scenario, int number) {
        if (terminal.redraws() && verbosity != Verbosity.QUIET) {
            terminal.out().print(style.dim("        " + scenario.title() + ", " + place + " ...") + "\r");
            terminal.out().flush();
        }
    }

    @Override
    public void ended(Run run, int done, int total, Duration left) {
        if (verbosity == Verbosity.QUIET) {
            return;
        }
        String text = String.format(
                Locale.ROOT,
                "%7s  %-17s  %-12s %-7s %8s  %s%s",
                done + "/" + total,
                run.scenario().title(),
                run.place(),
                run.isWarmUp() ? "warm-up" : "run " + run.number(),
                Amounts.time(run.wall()),
                run.rows().stream()
                        .filter(row -> row.took().toMillis() > 0)
                        .map(row -> row.name() + " " + Amounts.seconds(row.took()))
                        .collect(Collectors.joining(" ")),
                done == total ? "" : "; about " + Amounts.about(left) + " left");
        terminal.out().println(run.isAsExpected() ? text : style.red(text));
        if (!run.isAsExpected()) {
            run.failure().lines().forEach(line -> terminal.out().println("         " + style.red(line)));
        }
    }
}
