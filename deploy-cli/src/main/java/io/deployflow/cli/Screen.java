package io.deployflow.cli;

import java.io.PrintStream;
import java.util.List;

/** The last lines of a terminal, redrawn in place; what is printed for good goes above them. */
final class Screen {
    private static final String CLEAR_BELOW = "\u001b[J";
    /** A line that is too long must not wrap: the way back up would be wrong. */
    private static final String NO_WRAP = "\u001b[?7l";

    private static final String WRAP = "\u001b[?7h";

    private final PrintStream out;
    private int drawn;

    Screen(PrintStream out) {
        this.out = out;
    }

    /**
     * Replaces the lines drawn before, in one write, so that nothing flickers.
     *
     * @param above printed for good
     * @param lines drawn until the next call
     */
    void show(List<String> above, List<String> lines) {
        StringBuilder text = new StringBuilder();
        if (drawn > 0) {
            text.append("\u001b[").append(drawn).append('A');
        }
        text.append('\r').append(CLEAR_BELOW);
        above.forEach(line -> text.append(line).append('\n'));
        text.append(NO_WRAP);
        lines.forEach(line -> text.append(line).append('\n'));
        text.append(WRAP);
        out.print(text);
        out.flush();
        drawn = lines.size();
    }
}
