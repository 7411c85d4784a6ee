package io.deployflow.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A Markdown table that also reads well on a terminal. */
public final class MarkdownTable {
    private MarkdownTable() {}

    /**
     * Lays it out.
     *
     * @param rows the header first; all of the same length
     * @param words how many columns hold words, from the left; the others hold numbers
     * @return lines without a line feed at the end
     */
    public static String of(List<List<String>> rows, int words) {
        int columns = rows.get(0).size();
        List<Integer> widths = IntStream.range(0, columns)
                .mapToObj(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toList();
        List<String> lines = new ArrayList<>();
        rows.forEach(row -> lines.add(line(row, widths, words)));
        lines.add(1, rule(widths, words));
        return String.join("\n", lines);
    }

    private static String line(List<String> row, List<Integer> widths, int words) {
        return IntStream.range(0, row.size())
                .mapToObj(column -> pad(row.get(column), widths.get(column), column < words))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String rule(List<Integer> widths, int words) {
        return IntStream.range(0, widths.size())
                .mapToObj(column -> "-".repeat(widths.get(column) + 1) + (column < words ? "-" : ":"))
                .collect(Collectors.joining("|", "|", "|"));
    }

    private static String pad(String text, int width, boolean left) {
        String blanks = " ".repeat(width - text.length());
        return left ? text + blanks : blanks + text;
    }
}
