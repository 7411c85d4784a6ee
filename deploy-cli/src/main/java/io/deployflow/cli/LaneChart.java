package io.deployflow.cli;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.deployflow.Lane;
import io.deployflow.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** What units did, as bars over one axis of time. */
final class LaneChart {
    private static final int WIDTH = 80;
    private static final int LONGEST_LABEL = 26;
    private static final String INDENT = "  ";
    /** A deploy that is over by then needs no picture of where its time went. */
    private static final Duration SHORT = Duration.ofSeconds(5);

    private final Instant from;
    private final Duration whole;
    private final Strokes strokes;
    private final Style style;
    private final int width;

    private LaneChart(Instant from, Duration whole, Strokes strokes, Style style) {
        this.from = from;
        this.whole = whole;
        this.strokes = strokes;
        this.style = style;
        this.width = Math.min(style.width(), WIDTH);
    }

    /** The lines; none where nothing took long and nothing failed. */
    static List<String> ofReport(Timeline timeline, Style style, boolean each) {
        return isOrdinary(timeline) && !each ? List.of() : of(timeline, style, each);
    }

    /**
     * The lines.
     *
     * @param each whether each unit is to have a row of its own
     */
    static List<String> of(Timeline timeline, Style style, boolean each) {
        Instant from = work(timeline).stream()
                .map(Lane.Span::start)
                .min(Comparator.naturalOrder())
                .orElse(timeline.begun());
        Duration whole = Duration.between(from, end(timeline));
        if (whole.isZero() || whole.isNegative()) {
            return List.of();
        }
        return new LaneChart(from, whole, Strokes.of(timeline, style), style).lines(timeline, each);
    }

    private static boolean isOrdinary(Timeline timeline) {
        List<Lane.Span> work = work(timeline);
        return work.stream().noneMatch(span -> span.end() == Lane.End.FAILED)
                && work.stream().allMatch(span -> span.took().compareTo(SHORT) < 0);
    }

    private static List<Lane.Span> work(Timeline timeline) {
        return timeline.lanes().stream()
                .flatMap(lane -> lane.spans().stream())
                .filter(span -> !span.isServing())
                .toList();
    }

    private static Instant end(Timeline timeline) {
        return work(timeline).stream()
                .map(Lane.Span::until)
                .max(Comparator.naturalOrder())
                .orElse(timeline.begun());
    }

    private List<String> lines(Timeline timeline, boolean each) {
        List<LaneRow> rows = LaneRow.of(timeline.lanes(), each);
        int label = rows.stream().mapToInt(row -> row.label().length()).max().orElse(0);
        int names = Math.min(label, LONGEST_LABEL);
        int columns = width - INDENT.length() - names - INDENT.length();
        List<String> lines = new ArrayList<>();
        lines.add(INDENT + " ".repeat(names) + INDENT + axis(columns));
        for (LaneRow row : rows) {
            String name = Text.shortened(row.label(), names);
            lines.add((INDENT + name + " ".repeat(names - name.length()) + INDENT + bar(row, columns)).stripTrailing());
        }
        lines.addAll(strokes.legend(timeline.shares(), INDENT, width));
        return lines;
    }

    private String axis(int columns) {
        String end = Amounts.time(whole);
        return style.dim("0s" + " ".repeat(Math.max(1, columns - 2 - end.length())) + end);
    }

    /** What most of the row's units did, column by column. */
    private String bar(LaneRow row, int columns) {
        List<Optional<Lane.Span>> cells = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
            cells.add(most(row, column, columns));
        }
        return strokes.draw(cells);
    }

    private Optional<Lane.Span> most(LaneRow row, int column, int columns) {
        Instant start = at(column, columns);
        Instant end = at(column + 1, columns);
        return row.lanes().stream()
                .flatMap(lane -> longest(lane, start, end).stream())
                .collect(groupingBy(Lane.Span::name, LinkedHashMap::new, toList()))
                .values()
                .stream()
                .max(Comparator.comparing(List::size))
                .map(spans -> spans.get(0));
    }

    /** What a unit did for the longest part of a column's time; what it worked at before that it served. */
    private static Optional<Lane.Span> longest(Lane lane, Instant start, Instant end) {
        return lane.spans().stream()
                .filter(span -> !overlap(span, start, end).isZero())
                .max(Comparator.comparing(span -> overlap(span, start, end)));
    }

    private static Duration overlap(Lane.Span span, Instant start, Instant end) {
        Instant from = span.start().isAfter(start) ? span.start() : start;
        Instant until = span.until().isBefore(end) ? span.until() : end;
        return from.isBefore(until) ? Duration.between(from, until) : Duration.ZERO;
    }

    private Instant at(int column, int columns) {
        return from.plus(whole.multipliedBy(column).dividedBy(columns));
    }
}
