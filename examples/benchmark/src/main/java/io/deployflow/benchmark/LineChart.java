package io.deployflow.benchmark;

import static io.deployflow.benchmark.Svg.format;
import static io.deployflow.benchmark.Svg.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Lines over a common axis, as an SVG that reads on a light and on a dark page. Upwards it is logarithmic: equal
 * distances are equal ratios.
 *
 * @param title its heading
 * @param xTitle what goes to the right
 * @param yTitle what goes up
 * @param series the lines
 */
public record LineChart(String title, String xTitle, String yTitle, List<Series> series) {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 420;
    private static final int LEFT = 64;
    private static final int RIGHT = 190;
    private static final int TOP = 56;
    private static final int BOTTOM = 56;
    private static final int LABEL_HEIGHT = 16;
    private static final String STYLE = """
            <style>
              text { font: 13px system-ui, sans-serif; fill: #3d444d; }
              .title { font-size: 16px; font-weight: 600; fill: #1f2328; }
              .grid { stroke: #8b949e; stroke-opacity: 0.3; }
              .line { fill: none; stroke-width: 2.5; }
              .s0 { stroke: #0969da; } .f0 { fill: #0969da; font-weight: 600; }
              .s1 { stroke: #cf222e; } .f1 { fill: #cf222e; }
              .s2 { stroke: #8250df; } .f2 { fill: #8250df; }
              .s3 { stroke: #bf5b04; } .f3 { fill: #bf5b04; }
              .s4 { stroke: #1a7f37; } .f4 { fill: #1a7f37; }
              .s5 { stroke: #0e7490; } .f5 { fill: #0e7490; }
              @media (prefers-color-scheme: dark) {
                text { fill: #c9d1d9; } .title { fill: #f0f6fc; }
                .s0 { stroke: #58a6ff; } .f0 { fill: #58a6ff; }
                .s1 { stroke: #ff7b72; } .f1 { fill: #ff7b72; }
                .s2 { stroke: #bc8cff; } .f2 { fill: #bc8cff; }
                .s3 { stroke: #f0a04b; } .f3 { fill: #f0a04b; }
                .s4 { stroke: #56d364; } .f4 { fill: #56d364; }
                .s5 { stroke: #39c5cf; } .f5 { fill: #39c5cf; }
              }
            </style>
            """;

    /**
     * One line.
     *
     * @param name written at its end
     * @param color 0 to 5, the same for the same thing in every chart
     * @param points from left to right
     */
    public record Series(String name, int color, List<Point> points) {
        public Series {
            points = List.copyOf(points);
        }
    }

    /** A point; both are above 0. */
    public record Point(double x, double y) {}

    public LineChart {
        series = series.stream().filter(line -> !line.points().isEmpty()).toList();
        if (series.isEmpty()) {
            throw new IllegalArgumentException("a chart of nothing: " + title);
        }
    }

    /** The file's text. */
    public String svg() {
        StringBuilder svg = new StringBuilder(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1$d %2$d\" width=\"%1$d\" height=\"%2$d\""
                        + " role=\"img\">%n<title>%3$s</title>%n",
                WIDTH, HEIGHT, title));
        svg.append(STYLE);
        svg.append(text(LEFT, 26, "title", "start", title));
        svg.append(text(LEFT, 46, "", "start", yTitle));
        svg.append(text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 14, "", "middle", xTitle));
        yLines().forEach(y -> svg.append(grid(y)));
        xs().forEach(x -> svg.append(text(right(x), HEIGHT - BOTTOM + 20, "", "middle", number(x))));
        series.forEach(line -> svg.append(line(line)));
        svg.append(labels());
        return svg.append("</svg>\n").toString();
    }

    private String grid(double y) {
        return format(
                        "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%3$.1f\" y2=\"%3$.1f\"/>%n",
                        LEFT, WIDTH - RIGHT, up(y))
                + text(LEFT - 8, up(y) + 4, "", "end", number(y));
    }

    private String line(Series line) {
        StringBuilder path = new StringBuilder();
        for (Point point : line.points()) {
            path.append(path.isEmpty() ? "M" : " L").append(format("%.1f %.1f", right(point.x()), up(point.y())));
        }
        StringBuilder svg =
                new StringBuilder(format("<path class=\"line s%d\" d=\"%s\"/>%n", line.color(), path.toString()));
        line.points()
                .forEach(point -> svg.append(format(
                        "<circle class=\"f%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"/>%n",
                        line.color(), right(point.x()), up(point.y()))));
        return svg.toString();
    }

    /** At the ends of the lines, moved apart where they would lie on each other. */
    private String labels() {
        List<Series> fromTop = new ArrayList<>(series);
        fromTop.sort(Comparator.comparingDouble(line -> up(last(line).y())));
        StringBuilder svg = new StringBuilder();
        double free = TOP;
        for (Series line : fromTop) {
            double y = Math.max(free, up(last(line).y()) + 4);
            free = y + LABEL_HEIGHT;
            String words = line.name() + " " + number(last(line).y());
            svg.append(text(right(last(line).x()) + 10, y, "f" + line.color(), "start", words));
        }
        return svg.toString();
    }

    private static Point last(Series line) {
        return line.points().get(line.points().size() - 1);
    }

    /** 1, 2 and 5 of each power of ten, as far as the lines reach and one further. */
    private List<Double> yLines() {
        List<Double> lines = new ArrayList<>();
        for (int power = -2; power <= 4; power++) {
            for (int digit : new int[] {1, 2, 5}) {
                double y = digit * Math.pow(10, power);
                if (y >= low() * 0.999 && y <= high() * 1.001) {
                    lines.add(y);
                }
            }
        }
        return lines;
    }

    private List<Double> xs() {
        return series.stream()
                .flatMap(line -> line.points().stream())
                .map(Point::x)
                .distinct()
                .sorted()
                .toList();
    }

    private double low() {
        return rounded(ys().min().orElseThrow(), false);
    }

    private double high() {
        return rounded(ys().max().orElseThrow(), true);
    }

    private DoubleStream ys() {
        return series.stream().flatMap(line -> line.points().stream()).mapToDouble(Point::y);
    }

    /** To the next 1, 2 or 5 of a power of ten. */
    private static double rounded(double y, boolean up) {
        double power = Math.pow(10, Math.floor(Math.log10(y)));
        double best = up ? 10 * power : power;
        for (int digit : new int[] {1, 2, 5}) {
            double candidate = digit * power;
            if (up ? candidate >= y && candidate < best : candidate <= y && candidate > best) {
                best = candidate;
            }
        }
        return best;
    }

    private double right(double x) {
        double most = xs().get(xs().size() - 1);
        double least = xs().get(0);
        return LEFT + 24 + (most > least ? (x - least) / (most - least) : 0) * (WIDTH - LEFT - RIGHT - 48);
    }

    private double up(double y) {
        double share = Math.log(y / low()) / Math.log(high() / low());
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
    }

    private static String number(double value) {
        if (value >= 10 || value == Math.rint(value)) {
            return format("%.0f", value);
        }
        return format(value < 1 ? "%.2g" : "%.1f", value);
    }
}
