package io.deployflow.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Columns that are as wide as their widest cell, two blanks apart. */
final class Table {
    private static final Pattern ESCAPES = Pattern.compile("\u001b\\[[0-9;]*m");
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a row; the cells may be coloured. */
    Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /**
     * The rows as lines.
     *
     * @param indent stands before each
     * @param width how long a line may be; the last cell is cut off to fit, unless it is coloured
     */
    List<String> lines(String indent, int width) {
        return rows.stream().map(row -> line(indent, row, width)).toList();
    }

    private String line(String indent, List<String> row, int width) {
        StringBuilder line = new StringBuilder(indent);
        int left = width - indent.length();
        for (int column = 0; column < row.size() - 1; column++) {
            String cell = row.get(column);
            line.append(cell).append(" ".repeat(width(column) - visible(cell))).append(GAP);
            left -= width(column) + GAP.length();
        }
        return line.append(last(row, left)).toString().stripTrailing();
    }

    private static String last(List<String> row, int width) {
        String cell = row.get(row.size() - 1);
        return visible(cell) == cell.length() ? Text.shortened(cell, Math.max(0, width)) : cell;
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> column < row.size())
                .mapToInt(row -> visible(row.get(column)))
                .max()
                .orElse(0);
    }

    private static int visible(String cell) {
        return ESCAPES.matcher(cell).replaceAll("").length();
    }
}
