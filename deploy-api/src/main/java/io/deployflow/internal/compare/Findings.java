package io.deployflow.internal.compare;

import io.deployflow.compare.ComparisonReport;
import io.deployflow.compare.ComparisonReport.Row;
import io.deployflow.compare.ComparisonReport.Run;
import io.deployflow.compare.ComparisonReport.Visits;
import io.deployflow.compare.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a comparison says, in sentences; the one that most people ask for first. */
final class Findings {
    private static final List<Scenario> BY_INTEREST = List.of(
            Scenario.CHANGE,
            Scenario.FIRST,
            Scenario.DEPENDENCY,
            Scenario.NONE,
            Scenario.ROLLBACK,
            Scenario.BROKEN,
            Scenario.SCALE);

    /** The type of targets that replace a unit which is gone. */
    private static final String STARTS_BY_ITSELF = "ecs";

    private final ComparisonReport report;

    private Findings(ComparisonReport report) {
        this.report = report;
    }

    /** A target and its times. */
    private record Ranked(String place, Figures figures) {}

    /** The most interesting first. */
    static List<String> of(ComparisonReport report) {
        Findings findings = new Findings(report);
        List<String> all = new ArrayList<>();
        if (!report.cutShort().isEmpty()) {
            all.add("This comparison is not complete: " + report.cutShort() + ".");
        }
        Optional<Scenario> main = findings.mostInteresting();
        main.flatMap(findings::times).ifPresent(all::add);
        main.map(findings::whereTheTimeGoes).ifPresent(all::add);
        main.map(findings::sent).ifPresent(all::add);
        all.addAll(findings.otherScenarios(main));
        findings.lostUnit().ifPresent(all::add);
        if (report.asked() == 1 && !report.runs().isEmpty()) {
            all.add("Each was done once: how far times differ by chance is not known.");
        }
        all.addAll(findings.failures());
        all.add(findings.clients());
        return all;
    }

    /**
     * In one sentence for each target that is the fastest of all anywhere, one for where none differs from the fastest,
     * and one for each scenario where some do.
     */
    private List<String> otherScenarios(Optional<Scenario> main) {
        Map<String, List<String>> won = new LinkedHashMap<>();
        List<String> close = new ArrayList<>();
        List<String> mixed = new ArrayList<>();
        for (Scenario scenario : report.scenarios()) {
            List<Ranked> ranked = ranked(scenario);
            if (ranked.size() < 2 || main.filter(scenario::equals).isPresent()) {
                continue;
            }
            Ranked first = ranked.get(0);
            List<Ranked> others = ranked.subList(1, ranked.size());
            long asFast = others.stream().filter(other -> isClose(first, other)).count();
            if (asFast == others.size()) {
                close.add(scenario.title());
            } else if (asFast == 0) {
                won.computeIfAbsent(first.place(), place -> new ArrayList<>()).add(won(scenario, first, others));
            } else {
                mixed.add(apart(scenario, first, others));
            }
        }
        List<String> sentences = new ArrayList<>();
        won.forEach((place, scenarios) -> sentences.add("Faster on " + place + ": " + Words.list(scenarios) + "."));
        sentences.addAll(mixed);
        if (!close.isEmpty()) {
            sentences.add("No difference that is larger than that between runs: " + Words.list(close) + ".");
        }
        return sentences;
    }

    private static String won(Scenario scenario, Ranked first, List<Ranked> others) {
        return "%s (%s; %s)"
                .formatted(
                        scenario.title(),
                        Words.time(first.figures().median()),
                        others.stream()
                                .map(other -> other.place() + " "
                                        + Words.time(other.figures().median()))
                                .collect(Collectors.joining(", ")));
    }

    private Optional<String> times(Scenario scenario) {
        List<Ranked> ranked = ranked(scenario);
        if (ranked.size() < 2) {
            return ranked.stream()
                    .findFirst()
                    .map(only -> subject(scenario) + " only " + only.place() + " has a time, "
                            + Words.time(only.figures().median()) + ".");
        }
        Ranked first = ranked.get(0);
        List<Ranked> others = ranked.subList(1, ranked.size());
        boolean isClose = others.stream().allMatch(other -> isClose(first, other));
        return Optional.of(isClose ? close(scenario, ranked) : apart(scenario, first, others));
    }

    /** What takes its place is one more, which was measured; who sees to that is what the roads differ by. */
    private Optional<String> lostUnit() {
        List<String> parts = report.places().stream()
                .flatMap(place -> Cell.of(report, place, Scenario.SCALE).figures().stream()
                        .map(figures -> "%s on %s, %s"
                                .formatted(
                                        Words.time(figures.median()),
                                        place.name(),
                                        place.type().equals(STARTS_BY_ITSELF)
                                                ? "where ECS starts another by itself"
                                                : "once there is another host with its system and packages")))
                .toList();
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of("For a lost unit, one more serves after " + String.join("; after ", parts) + ".");
    }

    /** The fastest first. */
    private List<Ranked> ranked(Scenario scenario) {
        return report.places().stream()
                .map(place -> Cell.of(report, place, scenario))
                .flatMap(cell -> cell.figures().stream()
                        .map(figures -> new Ranked(cell.place().name(), figures)))
                .sorted(Comparator.comparing(one -> one.figures().median()))
                .toList();
    }

    private static boolean isClose(Ranked first, Ranked other) {
        return first.figures().isCloseTo(other.figures());
    }

    private static String close(Scenario scenario, List<Ranked> ranked) {
        return "%s %s take about as long: %s; the difference is within what runs differ by anyway."
                .formatted(
                        subject(scenario),
                        Words.list(ranked.stream().map(Ranked::place).toList()),
                        Words.list(ranked.stream()
                                .map(one -> Words.time(one.figures().median()))
                                .toList()));
    }

    private static String apart(Scenario scenario, Ranked first, List<Ranked> others) {
        String rest = others.stream()
                .map(other -> isClose(first, other)
                        ? "about as long on %s (%s)"
                                .formatted(
                                        other.place(),
                                        Words.time(other.figures().median()))
                        : "%s as long on %s (%s)"
                                .formatted(
                                        Words.times(other.figures().times(first.figures())),
                                        other.place(),
                                        Words.time(other.figures().median())))
                .collect(Collectors.joining(", "));
        return "%s %s on %s; %s."
                .formatted(subject(scenario), Words.time(first.figures().median()), first.place(), rest);
    }

    /** What a sentence on it begins with, such as {@code For the first deploy,}. */
    static String subject(Scenario scenario) {
        return switch (scenario) {
            case FIRST -> "For the first deploy,";
            case NONE -> "Where nothing has changed,";
            case CHANGE -> "For a one-word change,";
            case DEPENDENCY -> "For a changed dependency,";
            case ROLLBACK -> "To go back to the release before,";
            case BROKEN -> "Until a broken release is taken back,";
            case SCALE -> "To add one unit,";
        };
    }

    private String whereTheTimeGoes(Scenario scenario) {
        return "Most of that goes into "
                + Words.list(typical(scenario).map(Findings::longest).toList()) + ".";
    }

    private Stream<Run> typical(Scenario scenario) {
        return report.places().stream().flatMap(place -> Cell.of(report, place, scenario).typical().stream());
    }

    private static String longest(Run run) {
        return run.rows().stream()
                .max(Comparator.comparing(Row::took))
                .map(row -> row.name() + " on " + run.place() + " (" + Words.time(row.took()) + " of "
                        + Words.time(run.wall()) + ")")
                .orElse("nothing that is known on " + run.place());
    }

    private String sent(Scenario scenario) {
        return "It takes "
                + Words.list(typical(scenario)
                        .map(run -> Words.bytes(run.bytes()) + " and " + Words.counted(run.calls(), "question") + " on "
                                + run.place())
                        .toList())
                + ".";
    }

    /** The scenario that most people ask for first, of those that have a run. */
    static Optional<Scenario> mainScenario(ComparisonReport report) {
        return new Findings(report).mostInteresting();
    }

    private Optional<Scenario> mostInteresting() {
        return BY_INTEREST.stream()
                .filter(scenario -> report.places().stream()
                        .anyMatch(place ->
                                Cell.of(report, place, scenario).typical().isPresent()))
                .findFirst();
    }

    /** Warm-ups too: what fails there fails. */
    private List<String> failures() {
        List<Run> failed =
                report.runs().stream().filter(run -> !run.isAsExpected()).toList();
        if (failed.isEmpty()) {
            return report.runs().isEmpty()
                    ? List.of("No run was made.")
                    : List.of("Each of the " + Words.counted(report.runs().size(), "run") + " ended as it should.");
        }
        return report.places().stream()
                .map(ComparisonReport.Place::name)
                .map(name ->
                        failed.stream().filter(run -> run.place().equals(name)).toList())
                .filter(runs -> !runs.isEmpty())
                .map(runs -> "%d of %s on %s did not end as it should (%s)."
                        .formatted(
                                runs.size(),
                                Words.counted(
                                        report.runs().stream()
                                                .filter(run -> run.place()
                                                        .equals(runs.get(0).place()))
                                                .count(),
                                        "run"),
                                runs.get(0).place(),
                                scenarios(runs)))
                .toList();
    }

    private String clients() {
        List<String> parts = report.places().stream()
                .flatMap(place -> clients(place.name()).stream())
                .toList();
        return parts.isEmpty()
                ? "No client was asking meanwhile, so nothing is known of failed requests."
                : "Client requests that failed: " + Words.list(parts) + ".";
    }

    private Optional<String> clients(String place) {
        List<Run> runs =
                report.runs().stream().filter(run -> run.place().equals(place)).toList();
        Visits all = runs.stream().map(Run::visits).reduce(Visits.NONE, Visits::plus);
        if (all.requests() == 0) {
            return Optional.empty();
        }
        List<Run> hurt = runs.stream().filter(run -> run.visits().failed() > 0).toList();
        String where = hurt.isEmpty() ? "" : " (" + scenarios(hurt) + ")";
        return Optional.of((all.failed() == 0 ? "none" : Words.count(all.failed())) + " of "
                + Words.count(all.requests()) + " on " + place + where);
    }

    private static String scenarios(List<Run> runs) {
        return runs.stream().map(run -> run.scenario().title()).distinct().collect(Collectors.joining(", "));
    }
}
