package io.deployflow.internal.compare;

import io.deployflow.compare.ComparisonReport.Row;
import io.deployflow.compare.ComparisonReport.Run;
import java.util.stream.Collectors;

/**
 * Draws where a run's time went: its rows one after the other. In SVG, in percents of its width, so that it fits a
 * phone and a sheet of paper without being drawn anew.
 */
final class Waterfall {
    private static final double LETTER = 0.0125;
    private static final double MARGIN = 0.012;

    private Waterfall() {}

    static String of(Run run, Axis axis) {
        return "<svg class=\"bar\" role=\"img\" tabindex=\"0\" aria-label=\"" + Html.text(words(run)) + "\">"
                + run.rows().stream().map(row -> segment(row, run, axis)).collect(Collectors.joining())
                + "</svg>";
    }

    /** The same in words. */
    static String words(Run run) {
        return run.place() + ", " + run.scenario().title() + ", " + Words.time(run.wall()) + ": "
                + run.rows().stream()
                        .map(row -> row.name() + " " + Words.time(row.took()) + (row.succeeded() ? "" : " (failed)"))
                        .collect(Collectors.joining(", "));
    }

    private static String segment(Row row, Run run, Axis axis) {
        double width = axis.share(row.took());
        String tip = row.name() + ": " + Words.time(row.took()) + ", "
                + Words.percent(
                        (double) row.took().toNanos() / Math.max(1, run.wall().toNanos()))
                + (row.bytes() == 0 ? "" : ", " + Words.bytes(row.bytes()) + " sent")
                + (row.calls() == 0 ? "" : ", " + Words.counted(row.calls(), "question"))
                + (row.succeeded() ? "" : ", failed");
        return "<svg class=\"seg p-%s%s\" x=\"%s\" width=\"%s\" height=\"28\" data-tip=\"%s\"><rect width=\"100%%\" height=\"28\"/>%s</svg>"
                .formatted(
                        Html.word(row.name()),
                        row.succeeded() ? "" : " bad",
                        Html.percent(axis.share(row.start())),
                        Html.percent(width),
                        Html.text(tip),
                        label(row, width));
    }

    /** The longest text that fits, if any does. */
    private static String label(Row row, double width) {
        String time = Words.time(row.took());
        String whole = row.name() + " " + time;
        String text = fits(whole, width) ? whole : fits(row.name(), width) ? row.name() : "";
        return text.isEmpty() ? "" : "<text x=\"6\" y=\"19\">" + Html.text(text) + "</text>";
    }

    private static boolean fits(String text, double width) {
        return text.length() * LETTER + MARGIN < width;
    }
}
