package io.deployflow.cli;

import io.deployflow.ContentCheck;
import picocli.CommandLine.TypeConversionException;

/** The words for what is checked, as on the command line and in the deploy file. */
final class ContentChecks {
    private ContentChecks() {}

    /** The one that is written so. */
    static ContentCheck of(String word) {
        return switch (word) {
            case "changed" -> ContentCheck.CHANGED;
            case "full" -> ContentCheck.FULL;
            default -> throw new TypeConversionException("'" + word + "' is neither changed nor full");
        };
    }
}
