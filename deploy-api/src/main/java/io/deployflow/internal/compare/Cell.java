package io.deployflow.internal.compare;

import io.deployflow.compare.ComparisonReport;
import io.deployflow.compare.ComparisonReport.Place;
import io.deployflow.compare.ComparisonReport.Run;
import io.deployflow.compare.ComparisonReport.Visits;
import io.deployflow.compare.Scenario;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One scenario on one target.
 *
 * @param runs those that count, in the order of time
 * @param all those, and the warm-ups
 */
record Cell(Place place, Scenario scenario, List<Run> runs, List<Run> all) {

    static Cell of(ComparisonReport report, Place place, Scenario scenario) {
        List<Run> all = report.runs().stream()
                .filter(run -> run.place().equals(place.name()) && run.scenario() == scenario)
                .toList();
        return new Cell(place, scenario, report.runs(place.name(), scenario), all);
    }

    /** The runs that ended as they must: only their times are worth comparing. */
    List<Run> good() {
        return runs.stream().filter(Run::isAsExpected).toList();
    }

    /** How many did not end as they must. */
    int failures() {
        return runs.size() - good().size();
    }

    /** Of the runs that ended as they must. */
    Optional<Figures> figures() {
        return Figures.of(good().stream().map(Run::wall).toList());
    }

    /** The run in the middle: one that really was, so that its rows add up to its time. */
    Optional<Run> typical() {
        List<Run> sorted =
                good().stream().sorted(Comparator.comparing(Run::wall)).toList();
        return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.get((sorted.size() - 1) / 2));
    }

    /** The run in the middle, or, where none ended as it must, the last one: a failure is shown too. */
    Optional<Run> shown() {
        return typical().or(() -> all.stream().reduce((first, second) -> second));
    }

    /** What clients met, in all runs that count. */
    Visits visits() {
        return runs.stream().map(Run::visits).reduce(Visits.NONE, Visits::plus);
    }

    /** The time that the page's scale must have room for. */
    Duration longest() {
        return all.stream().map(Run::wall).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    }
}
