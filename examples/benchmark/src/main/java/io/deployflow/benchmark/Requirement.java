package io.deployflow.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a figure must reach, and what it is.
 *
 * @param title what is asked
 * @param limit the most that it may be
 * @param measured what it is; empty where it was not measured this time
 * @param detail the figures behind it
 */
public record Requirement(String title, double limit, Optional<Double> measured, String detail) {

    /** Whether it is reached; false where it was not measured. */
    public boolean isReached() {
        return measured.isPresent() && measured.get() <= limit;
    }

    /** In one word. */
    public String verdict() {
        if (measured.isEmpty()) {
            return "not measured";
        }
        return isReached() ? "reached" : "MISSED";
    }

    /** The measured number, in three digits. */
    public String number() {
        return measured.map(number -> String.format(Locale.ROOT, number < 10 ? "%.2f" : "%.0f", number))
                .orElse("-");
    }

    /** What must be reached and whether it is, as a Markdown table. */
    public static String table(List<Requirement> requirements) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("what", "verdict", "measured", "at most", "figures"));
        requirements.forEach(one -> rows.add(List.of(
                one.title(),
                one.verdict(),
                one.number(),
                String.format(Locale.ROOT, "%.3g", one.limit()),
                one.detail())));
        return MarkdownTable.of(rows, 2);
    }
}
