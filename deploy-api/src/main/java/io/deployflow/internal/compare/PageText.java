package io.deployflow.internal.compare;

import io.deployflow.compare.ComparisonReport;
import io.deployflow.compare.ComparisonReport.Place;
import io.deployflow.compare.ComparisonReport.Row;
import io.deployflow.compare.ComparisonReport.Run;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the pages say that are made of a report, whatever their format. */
final class PageText {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** As they may follow each other. */
    private static final List<String> ROWS = List.of(
            Recorder.OPEN,
            "preflight",
            "build",
            "push",
            "rollout",
            "verify",
            "rollback",
            "scale",
            "cleanup",
            Recorder.CLOSE);

    private PageText() {}

    static String title(ComparisonReport report) {
        return report.application() + ": "
                + Words.list(report.places().stream().map(Place::name).toList()) + ", compared";
    }

    static String when(ComparisonReport report) {
        return DAY.format(report.begun());
    }

    /** The rows that any run has, in the order in which they come. */
    static List<String> rowNames(ComparisonReport report) {
        List<String> there = report.runs().stream()
                .flatMap(run -> run.rows().stream())
                .map(Row::name)
                .distinct()
                .toList();
        return Stream.concat(
                        ROWS.stream().filter(there::contains), there.stream().filter(name -> !ROWS.contains(name)))
                .toList();
    }

    /** How a run ended. */
    static String end(Run run) {
        String word = run.end().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return run.isAsExpected() ? word : word + ", NOT AS IT SHOULD";
    }

    /** Where and how the times were taken. */
    static List<String> method(ComparisonReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("On " + when(report) + ", in " + Words.time(report.took()) + " all in all, with "
                + report.environment().tool() + " on " + report.environment().java() + ".");
        lines.add("The machine that deployed: " + report.environment().machine() + ".");
        if (!report.environment().note().isEmpty()) {
            lines.add("Of the targets it is said: " + report.environment().note() + ".");
        }
        report.places().forEach(place -> lines.add(described(place)));
        lines.add(Words.counted(report.asked(), "run") + " of each scenario after "
                + Words.counted(report.warmUps(), "warm-up")
                + ", the targets going first in turn; the first deploy once, without a warm-up.");
        lines.add(
                "Times are those of one process that goes on: a command of its own also starts Java each time. 'open' is"
                        + " what comes before the first phase, 'close' what comes after the last.");
        lines.add(
                "'Sent' is what was sent of the release; 'questions' are calls of AWS's APIs, and connects and scripts on"
                        + " hosts: each costs a round trip or more.");
        accuracy(report).ifPresent(lines::add);
        return lines;
    }

    private static String described(Place place) {
        return "%s: type %s, %s at the start, %s; %s."
                .formatted(
                        place.name(),
                        place.type(),
                        Words.counted(place.units(), "unit"),
                        place.served().isEmpty() ? "no release live" : place.served() + " live",
                        place.addresses().isEmpty()
                                ? "no clients"
                                : "clients ask " + Words.list(place.addresses()) + " all along");
    }

    private static Optional<String> accuracy(ComparisonReport report) {
        double measuring = report.runs().stream()
                .mapToDouble(PageText::measuringShare)
                .max()
                .orElse(0);
        double unaccounted =
                report.runs().stream().mapToDouble(Run::unaccountedShare).max().orElse(0);
        return report.runs().isEmpty()
                ? Optional.empty()
                : Optional.of("Measuring took at most " + Words.percent(measuring) + " of any run; at most "
                        + Words.percent(unaccounted) + " of any run's time is in no phase ("
                        + report.scenarios().stream()
                                .map(scenario ->
                                        scenario.title() + " " + Words.percent(report.unaccountedShare(scenario)))
                                .collect(Collectors.joining(", "))
                        + ").");
    }

    private static double measuringShare(Run run) {
        return run.wall().isZero()
                ? 0
                : (double) run.measuring().toNanos() / run.wall().toNanos();
    }
}
