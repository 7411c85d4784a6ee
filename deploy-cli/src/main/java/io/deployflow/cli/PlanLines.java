package io.deployflow.cli;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.deployflow.Change;
import io.deployflow.Phase;
import io.deployflow.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A plan in words. */
final class PlanLines {
    private PlanLines() {}

    /** What would be different, {@code ~} changed, {@code +} new, {@code -} gone, and how long it takes. */
    static List<String> changes(Plan plan, Style style) {
        List<String> lines = new ArrayList<>();
        lines.add(style.bold(plan.target()) + " to revision " + plan.revision().shortId());
        if (plan.changes().isEmpty()) {
            lines.add("  no change");
        }
        plan.changes().forEach(change -> lines.add("  " + change(change, style)));
        plan.predictions().forEach(prediction -> lines.addAll(PredictionLines.of(prediction, style)));
        return lines;
    }

    /** What would be run and sent, in order; units for which it is the same stand together. */
    static List<String> steps(Plan plan, Style style) {
        List<String> lines = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            List<Integer> rounds = rounds(plan, phase);
            for (int round : rounds) {
                String name = phase.word() + (rounds.size() == 1 ? "" : number(rounds, round));
                unitsByCommands(plan, phase, round).forEach((commands, units) -> {
                    lines.add(style.bold(name + " on " + String.join(", ", units)));
                    commands.forEach(command -> lines.addAll(command(command)));
                });
            }
        }
        lines.add("Dry run: nothing was changed.");
        return lines;
    }

    private static List<Integer> rounds(Plan plan, Phase phase) {
        return plan.steps().stream()
                .filter(step -> step.phase() == phase)
                .map(Plan.Step::round)
                .distinct()
                .sorted()
                .toList();
    }

    private static String number(List<Integer> rounds, int round) {
        return " %d of %d".formatted(rounds.indexOf(round) + 1, rounds.size());
    }

    private static Map<List<String>, List<String>> unitsByCommands(Plan plan, Phase phase, int round) {
        Map<String, List<String>> commands = plan.steps().stream()
                .filter(step -> step.phase() == phase && step.round() == round)
                .collect(groupingBy(Plan.Step::unit, LinkedHashMap::new, mapping(Plan.Step::command, toList())));
        return commands.keySet().stream().collect(groupingBy(commands::get, LinkedHashMap::new, toList()));
    }

    private static List<String> command(String command) {
        String text = "  > " + command.strip().replace("\n", "\n    ");
        return text.lines().toList();
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
