package io.deployflow.cli;

import io.deployflow.Check;
import io.deployflow.CheckReport;
import java.util.ArrayList;
import java.util.List;

/** Checks in words: a row for each, and below what is not well how to mend it. */
final class CheckLines {
    private static final String INDENT = "     ";

    private CheckLines() {}

    static List<String> of(List<Check> checks, Style style) {
        Table table = new Table();
        checks.forEach(
                check -> table.row(style.marked(check.outcome(), check.name()), check.unit(), painted(check, style)));
        List<String> rows = table.lines("  ", style.width());
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            lines.add(rows.get(i));
            Text.wrapped(checks.get(i).remedy(), style.width() - INDENT.length())
                    .forEach(line -> lines.add(INDENT + line));
        }
        return lines;
    }

    private static String painted(Check check, Style style) {
        return switch (check.outcome()) {
            case OK -> check.detail();
            case FAILED -> style.red(check.detail());
            case UNKNOWN -> style.yellow(check.detail());
        };
    }

    /** Of a report without a failure. */
    static String conclusion(CheckReport report, Style style) {
        return style.bold(report.target()) + ": "
                + style.green("all " + report.checks().size() + " checks passed");
    }
}
