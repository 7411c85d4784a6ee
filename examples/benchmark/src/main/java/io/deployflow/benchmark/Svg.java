package io.deployflow.benchmark;

import java.util.Locale;

/** What the charts have in common as text. */
public final class Svg {
    private Svg() {}

    /**
     * The begin of a file; {@code </svg>} ends it.
     *
     * @param title for those who hear it
     * @param style an element of its own
     */
    public static String begin(int width, int height, String title, String style) {
        return format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n%s",
                width, height, title, style);
    }

    /**
     * Words at a place.
     *
     * @param style the class; may be empty
     * @param anchor {@code start}, {@code middle} or {@code end}
     */
    public static String text(double x, double y, String style, String anchor, String words) {
        return format(
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", style, x, y, anchor, words);
    }

    /** With numbers as SVG has them, whatever language the machine speaks. */
    public static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
