package io.deployflow.cli;

import io.deployflow.Phase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A failure in words: what, where, and how to mend it, each on lines of its own. */
final class FailureLines {
    private static final String INDENT = "        ";

    private FailureLines() {}

    static List<String> of(Failure failure, Style style) {
        List<String> lines = new ArrayList<>();
        addTo(lines, style.red(style.bold("Failed: ")), failure.message(), style, style::red);
        addTo(lines, style.dim("where:  "), where(failure), style, UnaryOperator.identity());
        addTo(lines, style.dim("remedy: "), failure.remedy(), style, UnaryOperator.identity());
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

    /** The label before the first line, the others below it. */
    private static void addTo(
            List<String> lines, String label, String text, Style style, UnaryOperator<String> painter) {
        String start = label;
        for (String line : Text.wrapped(text, style.width() - INDENT.length())) {
            lines.add(start + painter.apply(line));
            start = INDENT;
        }
    }
}
