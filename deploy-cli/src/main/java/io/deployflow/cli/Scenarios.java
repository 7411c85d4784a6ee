package io.deployflow.cli;

import io.deployflow.compare.Scenario;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.TypeConversionException;

/** The words for scenarios. */
final class Scenarios {
    private Scenarios() {}

    /** The one that is written so on the command line. */
    static Scenario of(String word) {
        return Scenario.of(word)
                .orElseThrow(() -> new TypeConversionException("'" + word + "' is not a scenario: there are "
                        + Arrays.stream(Scenario.values()).map(Scenario::word).collect(Collectors.joining(", "))));
    }
}
