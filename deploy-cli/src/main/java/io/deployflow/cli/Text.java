package io.deployflow.cli;

import java.util.ArrayList;
import java.util.List;

/** Makes text fit. */
final class Text {
    private static final String ELLIPSIS = "..";

    private Text() {}

    /** Cut off where it is too long. */
    static String shortened(String text, int width) {
        if (text.length() <= width) {
            return text;
        }
        return text.substring(0, Math.max(0, width - ELLIPSIS.length())) + ELLIPSIS;
    }

    /** The lines of a text, broken at blanks where they are too long; the rest of a line is indented as it is. */
    static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        text.strip().lines().forEach(line -> wrap(line, width, lines));
        return lines;
    }

    private static void wrap(String line, int width, List<String> lines) {
        String indent = line.substring(0, line.length() - line.stripLeading().length());
        String rest = line;
        int blank = breakIn(rest, indent.length(), width);
        while (blank > 0) {
            lines.add(rest.substring(0, blank));
            rest = indent + rest.substring(blank + 1);
            blank = breakIn(rest, indent.length(), width);
        }
        lines.add(rest);
    }

    /** The last blank that fits, else the first one; negative where there is none or the line fits. */
    private static int breakIn(String line, int indent, int width) {
        if (line.length() <= width) {
            return -1;
        }
        int last = line.lastIndexOf(' ', width);
        return last > indent ? last : line.indexOf(' ', indent + 1);
    }
}
