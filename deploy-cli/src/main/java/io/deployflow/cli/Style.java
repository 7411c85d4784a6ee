package io.deployflow.cli;

import io.deployflow.Check;

/**
 * How text is laid out: with colours or without, with drawing characters or in ASCII, in how many columns.
 *
 * @param colours whether escape sequences for colours are written
 * @param unicode whether more than ASCII is written
 * @param width how many columns there are
 */
record Style(boolean colours, boolean unicode, int width) {
    private static final String RESET = "\u001b[0m";

    /** Nothing but the words. */
    static final Style NONE = new Style(false, false, Integer.MAX_VALUE);

    /** What a terminal can show. */
    static Style of(Terminal terminal) {
        int width = terminal.redraws() ? terminal.width() : Integer.MAX_VALUE;
        return new Style(terminal.colours(), terminal.unicode(), width);
    }

    String bold(String text) {
        return paint("\u001b[1m", text);
    }

    String dim(String text) {
        return paint("\u001b[2m", text);
    }

    String red(String text) {
        return paint("\u001b[31m", text);
    }

    String green(String text) {
        return paint("\u001b[32m", text);
    }

    String yellow(String text) {
        return paint("\u001b[33m", text);
    }

    String blue(String text) {
        return paint("\u001b[34m", text);
    }

    String magenta(String text) {
        return paint("\u001b[35m", text);
    }

    String cyan(String text) {
        return paint("\u001b[36m", text);
    }

    /** Marked as what did what it should, or did not. */
    String marked(boolean succeeded, String text) {
        String mark = succeeded ? green(unicode ? "✓" : "ok") : red(unicode ? "✗" : "x ");
        return mark + " " + text;
    }

    /** Marked as what is so, is not so, or could not be looked at. */
    String marked(Check.Outcome outcome, String text) {
        return outcome == Check.Outcome.UNKNOWN
                ? yellow(unicode ? "?" : "? ") + " " + text
                : marked(outcome == Check.Outcome.OK, text);
    }

    /** Marked as what is under way. */
    String running(String text) {
        return yellow(unicode ? "›" : "> ") + " " + text;
    }

    /** Without a mark, below those that have one. */
    String unmarked(String text) {
        return (unicode ? "  " : "   ") + text;
    }

    /** A bar of which a part is filled. */
    String bar(int filled, int width) {
        String full = unicode ? "━" : "=";
        String rest = unicode ? "─" : "-";
        return full.repeat(filled) + dim(rest.repeat(width - filled));
    }

    /** A bar that only has a filled part. */
    String bar(int length) {
        return dim((unicode ? "━" : "=").repeat(length));
    }

    private String paint(String sequence, String text) {
        return colours && !text.isEmpty() ? sequence + text + RESET : text;
    }
}
