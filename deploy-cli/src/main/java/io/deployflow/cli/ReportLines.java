package io.deployflow.cli;

import io.deployflow.Release;
import io.deployflow.Report;
import io.deployflow.Timeline;
import io.deployflow.UnitResult;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A report in words. */
final class ReportLines {
    private static final int BAR = 30;

    private ReportLines() {}

    /** Each phase with its time, and with its share of the whole as a bar. */
    static List<String> timeline(Timeline timeline, Style style) {
        Table table = new Table();
        for (Timeline.Row row : timeline.rows()) {
            table.row(
                    style.marked(row.succeeded(), row.phase().word()),
                    Amounts.time(row.took()),
                    style.bar(share(row.took(), timeline.total())));
        }
        return table.row(style.unmarked("total"), Amounts.time(timeline.total()))
                .lines("  ", style.width());
    }

    /** Each unit, and what became of it. */
    static List<String> units(List<UnitResult> units, Style style) {
        Table table = new Table();
        for (UnitResult unit : units) {
            table.row(style.marked(isWell(unit), unit.unit()), word(unit, style), unit.detail());
        }
        return table.lines("  ", style.width());
    }

    /** What the target serves now. */
    static String conclusion(Report report, Style style) {
        String target = style.bold(report.target());
        return switch (report.outcome()) {
            case DEPLOYED ->
                target + style.green(" serves ") + nameWithRevision(report) + before(report) + skipped(report, style);
            case UNCHANGED ->
                target + " was not changed"
                        + report.previous()
                                .map(live -> ": it serves " + live.id() + " still")
                                .orElse("");
            case RESTORED ->
                target + " was put back: it serves "
                        + report.previous().map(live -> live.id() + " again").orElse("what it served before");
            case NOT_RESTORED -> target + style.red(" is not restored: not every unit serves what it served before");
        };
    }

    private static String nameWithRevision(Report report) {
        return report.release()
                .map(release -> release.id() + " (revision " + ReleaseLines.revision(release) + ")")
                .orElse("its release");
    }

    private static String before(Report report) {
        String live = report.release().map(Release::id).orElse("");
        return report.previous()
                .map(Release::id)
                .map(id -> id.equals(live) ? ", as before" : ", before it was " + id)
                .orElse("");
    }

    private static String skipped(Report report, Style style) {
        List<String> units = report.units().stream()
                .filter(unit -> unit.state() == UnitResult.State.SKIPPED)
                .map(UnitResult::unit)
                .toList();
        return units.isEmpty() ? "" : style.red(", but not on " + String.join(", ", units));
    }

    private static String word(UnitResult unit, Style style) {
        String word = unit.state().name().toLowerCase(Locale.ROOT);
        return isWell(unit) ? word : style.red(word);
    }

    private static boolean isWell(UnitResult unit) {
        return switch (unit.state()) {
            case SWITCHED, UNCHANGED, RESTORED -> true;
            case SKIPPED, FAILED, UNKNOWN -> false;
        };
    }

    private static int share(Duration part, Duration whole) {
        return whole.isZero() ? 0 : (int) Math.round((double) BAR * part.toNanos() / whole.toNanos());
    }
}
