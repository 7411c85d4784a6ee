package io.deployflow.cli;

import io.deployflow.Status;
import java.util.ArrayList;
import java.util.List;

/** A status in words. */
final class StatusLines {
    private StatusLines() {}

    static List<String> of(Status status, Style style) {
        List<String> lines = new ArrayList<>();
        lines.add(style.bold(status.target()) + " "
                + status.live().map(live -> "serves " + ReleaseLines.of(live)).orElse("serves no one release")
                + (status.whole() ? "" : style.red(", but is not whole")));
        Table table = new Table();
        for (Status.Unit unit : status.units()) {
            table.row(
                    style.marked(unit.healthy(), unit.name()),
                    unit.release(),
                    unit.healthy() ? "healthy" : style.red("unhealthy"),
                    unit.detail());
        }
        lines.addAll(table.lines("  ", style.width()));
        status.notices().forEach(notice -> addTo(lines, notice, style));
        return lines;
    }

    /** What does not fit goes on below its first word. */
    private static void addTo(List<String> lines, String notice, Style style) {
        String start = style.yellow("! ");
        for (String line : Text.wrapped(notice, style.width() - 2)) {
            lines.add(start + line);
            start = "  ";
        }
    }
}
