package io.deployflow.benchmark;

import java.util.List;

/**
 * Bars that begin at nothing, as an SVG that reads on a light and on a dark page.
 *
 * @param title its heading
 * @param unit of the values
 * @param bars from the top down
 */
public record BarChart(String title, String unit, List<Bar> bars) {
    private static final int WIDTH = 760;
    private static final int LEFT = 330;
    private static final int RIGHT = 110;
    /** Of a letter in a label, at most; the font is the reader's. */
    private static final int LETTER = 7;

    private static final int TOP = 56;
    private static final int ROW = 34;
    private static final String STYLE = """
            <style>
              text { font: 13px system-ui, sans-serif; fill: #3d444d; }
              .title { font-size: 16px; font-weight: 600; fill: #1f2328; }
              .s0 { fill: #0969da; } .s1 { fill: #8b949e; }
              @media (prefers-color-scheme: dark) {
                text { fill: #c9d1d9; } .title { fill: #f0f6fc; } .s0 { fill: #58a6ff; }
              }
            </style>
            """;

    /**
     * One bar.
     *
     * @param label what it is of
     * @param value its length; not a number where there is none, and then the label has to say why
     * @param colour 0 for ours, 1 for others
     */
    public record Bar(String label, double value, int colour) {}

    /** Copies the list. */
    public BarChart {
        bars = List.copyOf(bars);
    }

    /** Where the bars begin: behind the longest label. */
    private int left() {
        int letters = bars.stream().mapToInt(bar -> bar.label().length()).max().orElse(0);
        return Math.max(LEFT, 26 + letters * LETTER);
    }

    /** The whole file. */
    public String svg() {
        double most = bars.stream()
                .mapToDouble(Bar::value)
                .filter(value -> !Double.isNaN(value))
                .max()
                .orElse(1);
        int left = left();
        StringBuilder svg = new StringBuilder(Svg.begin(WIDTH, TOP + bars.size() * ROW, title, STYLE));
        svg.append(Svg.text(16, 28, "title", "start", title));
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            int y = TOP + i * ROW;
            boolean isLong = !Double.isNaN(bar.value());
            double width = isLong ? (WIDTH - left - RIGHT) * bar.value() / most : 0;
            svg.append(Svg.text(left - 10, y + 15, "", "end", bar.label()));
            svg.append(Svg.format(
                    "<rect class=\"s%d\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"20\"/>%n",
                    bar.colour(), left, y, width));
            String value = isLong ? Svg.format("%.2f %s", bar.value(), unit) : "-";
            svg.append(Svg.text(left + width + 8, y + 15, "", "start", value));
        }
        return svg.append("</svg>\n").toString();
    }
}
