package io.deployflow.cli;

import io.deployflow.Phase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A failure in words: what, where, and how to mend it, each on lines of its own. */
final class FailureLines {
    private static final String INDENT = "        ";

    private FailureLines() {}

    static List<String> of(Failure failure, Style style) {
        List<String> lines = new ArrayList<>();
        lines.add(style.red(style.bold("Failed: ")) + style.red(indented(failure.message())));
        String where = where(failure);
        if (!where.isEmpty()) {
            lines.add(style.dim("where:  ") + where);
        }
        if (!failure.remedy().isEmpty()) {
            lines.add(style.dim("remedy: ") + indented(failure.remedy()));
        }
        return lines;
    }

    /** The stack trace, for who asked for it. */
    static List<String> stackTrace(Failure failure) {
        StringWriter text = new StringWriter();
        failure.thrown().printStackTrace(new PrintWriter(text));
        return text.toString().stripTrailing().lines().toList();
    }

    private static String where(Failure failure) {
        return Stream.concat(failure.unit().stream(), failure.phase().map(Phase::word).stream())
                .collect(Collectors.joining(", "));
    }

    private static String indented(String text) {
        return text.strip().replace("\n", "\n" + INDENT);
    }
}
