package io.deployflow.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What commands on units write: each line behind the unit's name, as it comes; names are as wide as the widest. */
final class UnitOutput {
    private final PrintStream out;
    private final Style style;
    private final List<String> units = new ArrayList<>();
    private int width;

    UnitOutput(PrintStream out, Style style) {
        this.out = out;
        this.style = style;
    }

    /** A unit that may write something. */
    void expect(String unit) {
        if (!units.contains(unit)) {
            units.add(unit);
            width = Math.max(width, unit.length());
        }
    }

    /** One write a line: no other line is mixed with it. */
    void line(String unit, String line) {
        expect(unit);
        String name = unit + " ".repeat(width - unit.length()) + " | ";
        out.println(painter(unit).apply(name) + line);
    }

    private UnaryOperator<String> painter(String unit) {
        List<UnaryOperator<String>> painters =
                List.of(style::cyan, style::yellow, style::green, style::magenta, style::blue);
        return painters.get(units.indexOf(unit) % painters.size());
    }
}
