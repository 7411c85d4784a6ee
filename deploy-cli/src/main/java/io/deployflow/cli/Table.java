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
     */
    List<String> lines(String indent) {
        return rows.stream().map(row -> indent + line(row)).toList();
    }

    private String line(List<String> row) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String cell = row.get(column);
            line.append(cell).append(" ".repeat(width(column) - visible(cell))).append(GAP);
        }
        return line.toString().stripTrailing();
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
