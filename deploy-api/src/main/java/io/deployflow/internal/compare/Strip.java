package io.deployflow.internal.compare;

import io.deployflow.compare.ComparisonReport.Run;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Draws how runs are distributed: a mark for each, a box for the middle half of those that count, a line for the
 * median. The Tab key stops once, at one of the marks; the page's script lets the arrow keys go on from there, which is
 * why the marks follow each other as they lie, from the shortest run to the longest.
 */
final class Strip {
    private static final int HEIGHT = 24;
    private static final int SPREAD = 3;
    private static final int LANES = 5;

    private Strip() {}

    static String of(Cell cell, Axis axis) {
        String box = cell.figures()
                .map(figures -> "<rect class=\"half\" x=\"%s\" width=\"%s\" y=\"3\" height=\"18\" rx=\"3\"/>"
                                .formatted(
                                        Html.percent(axis.share(figures.low())),
                                        Html.percent(axis.share(figures.high()) - axis.share(figures.low())))
                        + "<line class=\"median\" x1=\"%1$s\" x2=\"%1$s\" y1=\"1\" y2=\"23\"/>"
                                .formatted(Html.percent(axis.share(figures.median()))))
                .orElse("");
        List<Run> runs =
                cell.all().stream().sorted(Comparator.comparing(Run::wall)).toList();
        return "<svg class=\"strip\" role=\"group\" aria-label=\"" + Html.text(words(cell)) + "\">" + box
                + IntStream.range(0, runs.size())
                        .mapToObj(index -> mark(runs.get(index), axis, index == 0))
                        .collect(Collectors.joining())
                + "</svg>";
    }

    private static String words(Cell cell) {
        return cell.figures()
                        .map(figures ->
                                Words.counted(figures.count(), "run") + " from " + Words.time(figures.shortest())
                                        + " to " + Words.time(figures.longest()) + ", half of them between "
                                        + Words.time(figures.low()) + " and " + Words.time(figures.high()))
                        .orElse("no run that ended as it should")
                + (cell.failures() == 0 ? "" : "; " + Words.counted(cell.failures(), "run") + " failed");
    }

    /** Beside each other, so that none hides another of the same time. */
    private static String mark(Run run, Axis axis, boolean isStop) {
        int y = HEIGHT / 2 + (run.number() % LANES - LANES / 2) * SPREAD;
        String x = Html.percent(axis.share(run.wall()));
        String tip = Html.text((run.isWarmUp() ? "warm-up" : "run " + run.number()) + ": " + Words.time(run.wall())
                + ", " + PageText.end(run));
        String named =
                "role=\"img\" tabindex=\"%1$d\" aria-label=\"%2$s\" data-tip=\"%2$s\"".formatted(isStop ? 0 : -1, tip);
        if (!run.isAsExpected()) {
            return "<svg class=\"cross\" x=\"%s\" y=\"%d\" %s><path d=\"M-4-4 4 4M-4 4 4-4\"/></svg>"
                    .formatted(x, y, named);
        }
        return "<circle class=\"%s\" cx=\"%s\" cy=\"%d\" r=\"3.5\" %s/>"
                .formatted(run.isWarmUp() ? "warm" : "dot", x, y, named);
    }
}
