package io.deployflow.internal.compare;

import java.util.Locale;

/** Pieces of HTML. */
final class Html {
    private static final double HUNDRED = 100;

    private Html() {}

    /** Text, also within a quoted attribute. */
    static String text(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** A share as CSS and SVG write it: {@code 12.5%}. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f%%", share * HUNDRED);
    }

    /** A name as part of a class: {@code becoming-healthy}. */
    static String word(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
}
