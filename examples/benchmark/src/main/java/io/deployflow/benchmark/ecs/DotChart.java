package io.deployflow.benchmark.ecs;

import static io.deployflow.benchmark.Svg.format;
import static io.deployflow.benchmark.Svg.text;

import io.deployflow.benchmark.Svg;
import java.util.List;

/**
 * Dots over two axes that begin at nothing, and lines across that they are to stay below, as an SVG that reads on a
 * light and on a dark page.
 *
 * @param title its heading
 * @param xTitle what goes to the right
 * @param yTitle what goes up
 * @param dots where they are
 * @param lines how high the lines are
 */
record DotChart(String title, String xTitle, String yTitle, List<Dot> dots, List<Line> lines) {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 360;
    private static final int LEFT = 48;
    private static final int RIGHT = 110;
    private static final int TOP = 64;
    private static final int BOTTOM = 56;
    private static final int TICKS = 6;
    private static final double AIR = 1.05;
    private static final String STYLE = """
            <style>
              text { font: 13px system-ui, sans-serif; fill: #3d444d; }
              .title { font-size: 16px; font-weight: 600; fill: #1f2328; }
              .axis { stroke: #8b949e; } .line { stroke: #cf222e; stroke-dasharray: 5 4; }
              .dot { fill: #0969da; }
              @media (prefers-color-scheme: dark) {
                text { fill: #c9d1d9; } .title { fill: #f0f6fc; } .dot { fill: #58a6ff; } .line { stroke: #ff7b72; }
              }
            </style>
            """;

    /** A dot; nothing is below 0. */
    record Dot(double x, double y) {}

    /** A line across. */
    record Line(String name, double y) {}

    DotChart {
        dots = List.copyOf(dots);
        lines = List.copyOf(lines);
    }

    /** The whole file. */
    String svg() {
        StringBuilder svg = new StringBuilder(Svg.begin(WIDTH, HEIGHT, title, STYLE));
        svg.append(text(16, 26, "title", "start", title));
        svg.append(text(LEFT, 48, "", "start", yTitle));
        svg.append(text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 12, "", "middle", xTitle));
        svg.append(across("axis", 0));
        for (int tick = 0; tick <= TICKS; tick++) {
            double x = mostX() * tick / TICKS;
            svg.append(text(right(x), HEIGHT - BOTTOM + 20, "", "middle", format("%.0f", x)));
        }
        for (Line line : lines) {
            svg.append(across("line", line.y()));
            svg.append(text(WIDTH - RIGHT + 8, up(line.y()) + 4, "", "start", line.name()));
        }
        dots.forEach(dot -> svg.append(
                format("<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>%n", right(dot.x()), up(dot.y()))));
        return svg.append("</svg>\n").toString();
    }

    private String across(String style, double y) {
        return format(
                "<line class=\"%s\" x1=\"%d\" x2=\"%d\" y1=\"%4$.1f\" y2=\"%4$.1f\"/>%n",
                style, LEFT, WIDTH - RIGHT, up(y));
    }

    private double mostX() {
        return AIR * dots.stream().mapToDouble(Dot::x).max().orElse(1);
    }

    private double mostY() {
        double dot = dots.stream().mapToDouble(Dot::y).max().orElse(1);
        return AIR * lines.stream().mapToDouble(Line::y).reduce(dot, Math::max);
    }

    private double right(double x) {
        return LEFT + x / mostX() * (WIDTH - LEFT - RIGHT);
    }

    private double up(double y) {
        return HEIGHT - BOTTOM - y / mostY() * (HEIGHT - TOP - BOTTOM);
    }
}
