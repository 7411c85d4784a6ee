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
        status.notices().forEach(notice -> lines.add(style.yellow("! ") + notice));
        return lines;
    }
}
