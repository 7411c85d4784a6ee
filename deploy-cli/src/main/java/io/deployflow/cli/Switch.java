package io.deployflow.cli;

import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.TypeConversionException;

/** What can be on or off. */
enum Switch {
    /** On. */
    ON,
    /** Off. */
    OFF;

    /** The one that is written so on the command line. */
    static Switch of(String word) {
        return Arrays.stream(values())
                .filter(value -> value.toString().equals(word))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + word + "' is neither on nor off"));
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
