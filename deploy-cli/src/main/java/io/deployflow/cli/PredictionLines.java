package io.deployflow.cli;

import static java.util.stream.Collectors.joining;

import io.deployflow.Prediction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long a rollout takes at the least, in words: what it waits for, and what another setting would save. */
final class PredictionLines {
    private static final Duration WORTH_A_WORD = Duration.ofSeconds(1);
    private static final String INDENT = "    ";

    private PredictionLines() {}

    static List<String> of(Prediction prediction, Style style) {
        List<String> lines = new ArrayList<>();
        String service = prediction.group().isEmpty() ? "" : " of " + prediction.group();
        add(
                lines,
                "  ",
                "rollout" + service + " takes " + Amounts.about(prediction.shortest()) + " at the least: "
                        + parts(prediction),
                style);
        String start = "dominated by ";
        for (Prediction.Saving saving : prediction.savings()) {
            add(lines, INDENT, start + words(saving), style);
            start = "also ";
        }
        prediction.assumptions().forEach(assumption -> add(lines, INDENT, "assumed: " + assumption, style));
        return lines;
    }

    private static String parts(Prediction prediction) {
        return prediction.parts().stream()
                .filter(part -> part.took().compareTo(WORTH_A_WORD) >= 0)
                .map(part -> part.name() + " " + Amounts.about(part.took()))
                .collect(joining(", "));
    }

    private static String words(Prediction.Saving saving) {
        return "%s, %s: %s would save about %s"
                .formatted(saving.setting(), saving.now(), saving.instead(), Amounts.about(saving.saves()));
    }

    private static void add(List<String> lines, String indent, String text, Style style) {
        Text.wrapped(text, style.width() - indent.length()).forEach(line -> lines.add(indent + line));
    }
}
