package io.deployflow.benchmark.claims;

import static io.deployflow.benchmark.Svg.format;
import static io.deployflow.benchmark.Svg.text;

import io.deployflow.benchmark.Svg;
import java.util.List;

/**
 * Shares of a hundred as groups of bars, as an SVG that reads on a light and on a dark page. A share of nothing is a
 * thin line, so that it is not taken for one that was not measured.
 *
 * @param title its heading
 * @param groups what stands below each group, from left to right
 * @param series a bar in each group, where there is a point
 */
record ShareChart(String title, List<String> groups, List<Series> series) {
    private static final int WIDTH = 760;
    private static final int LEFT = 52;
    private static final int TOP = 92;
    private static final int PLOT = 220;
    private static final int BOTTOM = 40;
    private static final int LEGEND_LEFT = 16;
    private static final int LEGEND_MARK = 34;
    private static final int LETTER = 7;
    private static final double FILLED = 0.8;
    private static final double THIN = 1.5;
    private static final int HUNDRED = 100;
    private static final int QUARTER = 25;
    private static final String STYLE = """
            <style>
              text { font: 13px system-ui, sans-serif; fill: #3d444d; }
              .title { font-size: 16px; font-weight: 600; fill: #1f2328; }
              .grid { stroke: #8b949e; stroke-opacity: 0.3; }
              .s0 { fill: #d55e00; } .s1 { fill: #e69f00; } .s2 { fill: #9aa4ae; } .s3 { fill: #0072b2; } .s4 { fill: #009e73; }
              @media (prefers-color-scheme: dark) { text { fill: #c9d1d9; } .title { fill: #f0f6fc; } }
            </style>
            """;

    /**
     * Bars of one colour.
     *
     * @param name for the legend
     * @param colour 0 to 4
     * @param points at most one a group
     */
    record Series(String name, int colour, List<Point> points) {
        Series {
            points = List.copyOf(points);
        }
    }

    /**
     * One bar.
     *
     * @param group its position
     * @param share of a hundred
     */
    record Point(int group, double share) {}

    ShareChart {
        groups = List.copyOf(groups);
        series = List.copyOf(series);
    }

    /** The whole file. */
    String svg() {
        StringBuilder svg = new StringBuilder(Svg.begin(WIDTH, TOP + PLOT + BOTTOM, title, STYLE));
        svg.append(text(16, 28, "title", "start", title));
        for (int share = 0; share <= HUNDRED; share += QUARTER) {
            svg.append(format(
                    "<line class=\"grid\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>%n",
                    LEFT, y(share), WIDTH, y(share)));
            svg.append(text(LEFT - 6, y(share) + 4, "", "end", share + " %"));
        }
        for (int group = 0; group < groups.size(); group++) {
            svg.append(text(LEFT + (group + 0.5) * groupWidth(), TOP + PLOT + 20, "", "middle", groups.get(group)));
        }
        for (int number = 0; number < series.size(); number++) {
            svg.append(bars(series.get(number), number));
        }
        return svg.append("</svg>\n").toString();
    }

    private String bars(Series one, int number) {
        double left = LEGEND_LEFT
                + series.stream()
                        .limit(number)
                        .mapToInt(before -> LEGEND_MARK + LETTER * before.name().length())
                        .sum();
        StringBuilder svg = new StringBuilder(
                format("<rect class=\"s%d\" x=\"%.1f\" y=\"50\" width=\"12\" height=\"12\"/>%n", one.colour(), left));
        svg.append(text(left + 17, 61, "", "start", one.name()));
        double width = groupWidth() * FILLED / series.size();
        for (Point point : one.points()) {
            double x = LEFT + (point.group() + (1 - FILLED) / 2) * groupWidth() + number * width;
            double height = Math.max(THIN, PLOT * point.share() / HUNDRED);
            svg.append(format(
                    "<rect class=\"s%d\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%s, %s: %.0f %%</title></rect>%n",
                    one.colour(),
                    x,
                    TOP + PLOT - height,
                    width - 1,
                    height,
                    one.name(),
                    groups.get(point.group()),
                    point.share()));
        }
        return svg.toString();
    }

    private double groupWidth() {
        return (WIDTH - LEFT) / (double) groups.size();
    }

    private static double y(double share) {
        return TOP + PLOT * (1 - share / HUNDRED);
    }
}
