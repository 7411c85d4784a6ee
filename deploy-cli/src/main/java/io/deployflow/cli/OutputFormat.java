package io.deployflow.cli;

import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.TypeConversionException;

/** How a command shows what it does. */
enum OutputFormat {
    /** For a person at a terminal: a few lines that are redrawn in place. */
    PRETTY,
    /** For a log: one line an event. */
    PLAIN,
    /** For a program: one JSON object a line. */
    JSON;

    /** The one that is written so on the command line. */
    static OutputFormat of(String word) {
        return Arrays.stream(values())
                .filter(format -> format.toString().equals(word))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + word + "' is not pretty, plain or json"));
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
