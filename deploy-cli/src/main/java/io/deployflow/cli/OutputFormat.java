package io.deployflow.cli;

import java.util.Locale;

/** How a command shows what it does. */
enum OutputFormat {
    /** For a person at a terminal: a few lines that are redrawn in place. */
    PRETTY,
    /** For a log: one line an event. */
    PLAIN,
    /** For a program: one JSON object a line. */
    JSON;

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
