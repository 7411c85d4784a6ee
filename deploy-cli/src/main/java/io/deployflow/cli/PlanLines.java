package io.deployflow.cli;

import io.deployflow.Change;
import io.deployflow.Plan;
import java.util.ArrayList;
import java.util.List;

/** A plan in words. */
final class PlanLines {
    private PlanLines() {}

    /** What would be different: {@code ~} changed, {@code +} new, {@code -} gone. */
    static List<String> changes(Plan plan, Style style) {
        List<String> lines = new ArrayList<>();
        lines.add(style.bold(plan.target()) + " to revision " + plan.revision().shortId());
        if (plan.changes().isEmpty()) {
            lines.add("  no change");
        }
        plan.changes().forEach(change -> lines.add("  " + change(change, style)));
        return lines;
    }

    /** What would be run and sent, in order. */
    static List<String> steps(Plan plan, Style style) {
        List<String> lines = new ArrayList<>();
        String heading = "";
        for (Plan.Step step : plan.steps()) {
            String next = step.phase().word() + "  " + step.unit();
            if (!next.equals(heading)) {
                lines.add(style.bold(next));
                heading = next;
            }
            step.command().lines().forEach(line -> lines.add("    " + line));
        }
        lines.add("Dry run: nothing was changed.");
        return lines;
    }

    private static String change(Change change, Style style) {
        if (change.from().isEmpty()) {
            return style.green("+ " + change.what()) + ": " + change.to().orElse("");
        }
        if (change.to().isEmpty()) {
            return style.red("- " + change.what()) + ": " + change.from().get();
        }
        return style.yellow("~ " + change.what()) + ": " + change.from().get() + " -> "
                + change.to().get();
    }
}
