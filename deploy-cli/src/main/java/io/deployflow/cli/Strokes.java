package io.deployflow.cli;

import io.deployflow.Lane;
import io.deployflow.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** With which sign each kind of span is drawn: told apart without colours too. */
final class Strokes {
    private static final String UNICODE = "░▒▓█╌×▚▞";
    private static final String ASCII = ".o+#~x%@";

    private final List<String> names;
    private final Style style;

    private Strokes(List<String> names, Style style) {
        this.names = names;
        this.style = style;
    }

    /** Signs in the order in which spans of a name first appear. */
    static Strokes of(Timeline timeline, Style style) {
        List<String> names = timeline.lanes().stream()
                .flatMap(lane -> lane.spans().stream())
                .filter(span -> !span.isServing())
                .map(Lane.Span::name)
                .distinct()
                .toList();
        return new Strokes(names, style);
    }

    /** A bar, a cell a column; what failed is red. */
    String draw(List<Optional<Lane.Span>> cells) {
        StringBuilder bar = new StringBuilder();
        int start = 0;
        for (int column = 1; column <= cells.size(); column++) {
            if (column == cells.size() || !cells.get(column).equals(cells.get(start))) {
                bar.append(run(cells.get(start), column - start));
                start = column;
            }
        }
        return bar.toString();
    }

    private String run(Optional<Lane.Span> span, int length) {
        if (span.isEmpty()) {
            return " ".repeat(length);
        }
        String drawn = sign(span.get().name()).repeat(length);
        return span.get().end() == Lane.End.FAILED
                ? style.red(drawn)
                : coloured(span.get().name(), drawn);
    }

    /** What each sign means, and for how much of the time units were at it. */
    List<String> legend(List<Timeline.Share> shares, String indent, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int length = 0;
        for (String name : names) {
            Optional<Timeline.Share> share =
                    shares.stream().filter(other -> other.name().equals(name)).findFirst();
            if (share.isPresent()) {
                String words = " " + name + " " + Amounts.time(share.get().took());
                if (length > 0 && length + indent.length() + 1 + words.length() > width) {
                    lines.add(line.toString());
                    line.setLength(0);
                    length = 0;
                }
                line.append(indent).append(coloured(name, sign(name))).append(words);
                length += indent.length() + 1 + words.length();
            }
        }
        if (length > 0) {
            lines.add(line.toString());
        }
        return lines;
    }

    private String sign(String name) {
        int index = names.indexOf(name);
        if (index < 0) {
            return style.unicode() ? "━" : "=";
        }
        String signs = style.unicode() ? UNICODE : ASCII;
        return signs.substring(index % signs.length(), index % signs.length() + 1);
    }

    private String coloured(String name, String text) {
        int index = names.indexOf(name);
        if (index < 0) {
            return style.green(text);
        }
        return switch (index % 4) {
            case 0 -> style.blue(text);
            case 1 -> style.magenta(text);
            case 2 -> style.cyan(text);
            default -> style.yellow(text);
        };
    }
}
