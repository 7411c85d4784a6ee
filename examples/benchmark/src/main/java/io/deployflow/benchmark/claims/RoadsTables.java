package io.deployflow.benchmark.claims;

import io.deployflow.benchmark.BarChart;
import io.deployflow.benchmark.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a change costs on each road.
 *
 * @param figures with it
 */
record RoadsTables(Figures figures) {
    private static final List<String> PHASES = List.of("build", "push", "rollout");
    private static final String NOTHING = "-";

    /** All of it. */
    List<Section> sections() {
        return List.of(
                new Section(
                        "roads",
                        "What a change takes, in seconds",
                        "From the start of the first command to the end of the last: median, least and most of all runs that"
                                + " ended as they must. How many did not stands beside; a number alone is of one run.",
                        scenarios(),
                        1),
                new Section(
                        "typo",
                        "Where the time of a one-word change goes",
                        "Seconds, of the runs that ended as they must: medians, of the total also least and most. The rest is"
                                + " the start of the command, preflight, cleanup. Other tools tell no phases.",
                        typo(),
                        1),
                new Section(
                        "image",
                        "Where the time goes when nothing of the image is there yet",
                        "Seconds, of the runs that ended as they must: medians, of the total also least and most. As on a CI"
                                + " machine without a cache, or when the packages of the image change.",
                        phases(Roads.Scenario.IMAGE, List.of(Roads.CONTAINERS, ByHand.NAME)),
                        1),
                new Section(
                        "broken",
                        "A release that answers clients but not its health check",
                        "What the tool said when it ended, and what served then.",
                        broken(),
                        1));
    }

    private List<List<String>> scenarios() {
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of(""));
        List<Roads.Scenario> told = List.of(Roads.Scenario.IMAGE, Roads.Scenario.TYPO, Roads.Scenario.ROLLBACK);
        told.forEach(scenario -> header.add(scenario.title()));
        rows.add(header);
        for (String road : Roads.NAMES) {
            List<String> row = new ArrayList<>(List.of(road));
            told.forEach(scenario -> row.add(arrived(scenario, road)));
            if (row.stream().skip(1).anyMatch(cell -> !cell.equals(NOTHING))) {
                rows.add(row);
            }
        }
        return rows;
    }

    /** Of the runs that arrived; how many did not is told. */
    private String arrived(Roads.Scenario scenario, String road) {
        return new Spread(times(scenario, road)) + failed(scenario, road, "; %s");
    }

    /** The seconds of the runs that ended as they must: a broken release by being refused, with the old one serving. */
    List<Double> times(Roads.Scenario scenario, String road) {
        return times(scenario, road, Roads.SECONDS);
    }

    /** One measure of the same runs. */
    private List<Double> times(Roads.Scenario scenario, String road, String measure) {
        return runs(scenario, road).stream()
                .filter(run -> hasArrived(scenario, run))
                .flatMap(run -> figures.one(Roads.PART, run, measure).stream())
                .toList();
    }

    private List<String> runs(Roads.Scenario scenario, String road) {
        return figures.steps(Roads.PART, Roads.steps(scenario, road));
    }

    private boolean hasArrived(Roads.Scenario scenario, String run) {
        boolean isToSucceed = scenario != Roads.Scenario.BROKEN;
        return (is(run, Roads.EXIT, 0) == isToSucceed) && is(run, Roads.SERVES, 1);
    }

    private boolean is(String run, String measure, double value) {
        return figures.one(Roads.PART, run, measure).filter(one -> one == value).isPresent();
    }

    /** How many runs did not arrive, in a pattern; empty where all did. */
    private String failed(Roads.Scenario scenario, String road, String pattern) {
        List<String> runs = runs(scenario, road);
        long failed = runs.stream().filter(run -> !hasArrived(scenario, run)).count();
        return failed == 0 ? "" : pattern.formatted("%d of %d failed".formatted(failed, runs.size()));
    }

    private List<List<String>> typo() {
        return phases(Roads.Scenario.TYPO, Roads.NAMES);
    }

    private List<List<String>> phases(Roads.Scenario scenario, List<String> roads) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "total", "build", "push", "rollout", "the rest"));
        for (String road : roads) {
            if (!runs(scenario, road).isEmpty()) {
                rows.add(phases(scenario, road));
            }
        }
        return rows;
    }

    /** Of the runs that arrived: one that failed early is no quick one. */
    private List<String> phases(Roads.Scenario scenario, String road) {
        double total = median(scenario, road, Roads.SECONDS);
        List<String> row = new ArrayList<>(List.of(
                road, number(total) + new Spread(times(scenario, road)).range() + failed(scenario, road, "; %s")));
        double rest = total;
        for (String phase : PHASES) {
            double part = median(scenario, road, phase);
            row.add(number(part));
            rest -= Double.isNaN(part) ? 0 : part;
        }
        row.add(number(rest));
        return row;
    }

    private List<List<String>> broken() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "said", "what served then", "exit code", "seconds"));
        for (String road : Roads.NAMES) {
            Spread seconds = seconds(Roads.Scenario.BROKEN, road, Roads.SECONDS);
            if (!seconds.values().isEmpty()) {
                double exit = seconds(Roads.Scenario.BROKEN, road, Roads.EXIT).median();
                double serves =
                        seconds(Roads.Scenario.BROKEN, road, Roads.SERVES).median();
                rows.add(List.of(
                        road,
                        exit == 0 ? "success" : "failure",
                        serves == 1 ? "the release before" : "the broken one",
                        String.format(Locale.ROOT, "%.0f", exit),
                        seconds.toString()));
            }
        }
        return rows;
    }

    /** A one-word change on every road, of the runs that arrived; how many did not stands at the bar. */
    BarChart chart() {
        return new BarChart(
                "A one-word change, two units on each road",
                "s",
                Roads.NAMES.stream()
                        .filter(road -> !runs(Roads.Scenario.TYPO, road).isEmpty())
                        .map(road -> new BarChart.Bar(
                                road + failed(Roads.Scenario.TYPO, road, " (%s)"),
                                median(Roads.Scenario.TYPO, road, Roads.SECONDS),
                                road.equals(ByHand.NAME) || road.equals(CapistranoRoad.NAME) ? 1 : 0))
                        .toList());
    }

    private double median(Roads.Scenario scenario, String road, String measure) {
        return new Spread(times(scenario, road, measure)).median();
    }

    /** Of all runs, however they ended. */
    private Spread seconds(Roads.Scenario scenario, String road, String measure) {
        return new Spread(figures.of(Roads.PART, Roads.steps(scenario, road), measure));
    }

    private static String number(double value) {
        return Double.isNaN(value) ? NOTHING : String.format(Locale.ROOT, "%.1f", value);
    }
}
