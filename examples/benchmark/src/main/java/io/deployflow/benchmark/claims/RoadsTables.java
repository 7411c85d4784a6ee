package io.deployflow.benchmark.claims;

import io.deployflow.benchmark.BarChart;
import io.deployflow.benchmark.Figures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

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
                        "Seconds of the run in the middle of those that ended as they must (of two, the shorter); in brackets"
                                + " the least and the most of all of them. The rest is the start of the command, preflight,"
                                + " cleanup. Other tools tell no phases.",
                        typo(),
                        1),
                new Section(
                        "image",
                        "Where the time goes when nothing of the image is there yet",
                        "Seconds of the run in the middle of those that ended as they must (of two, the shorter); in brackets"
                                + " the least and the most of all of them. As on a CI machine without a cache, or when the"
                                + " packages of the image change.",
                        phases(Scenario.IMAGE, List.of(Roads.CONTAINERS, ByHand.NAME)),
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
        List<Scenario> told = List.of(Scenario.IMAGE, Scenario.TYPO, Scenario.ROLLBACK);
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
    private String arrived(Scenario scenario, String road) {
        return new Spread(times(scenario, road)) + failed(scenario, road, "; %s");
    }

    /** The seconds of the runs that ended as they must: a broken release by being refused, with the old one serving. */
    List<Double> times(Scenario scenario, String road) {
        return arrivals(scenario, road).map(this::seconds).toList();
    }

    private Stream<String> arrivals(Scenario scenario, String road) {
        return runs(scenario, road).stream().filter(run -> hasArrived(scenario, run));
    }

    private double seconds(String run) {
        return one(run, Roads.SECONDS);
    }

    /** Not a number where the tool told of no such phase. */
    private double one(String run, String measure) {
        return figures.one(Roads.PART, run, measure).orElse(Double.NaN);
    }

    private List<String> runs(Scenario scenario, String road) {
        return figures.steps(Roads.PART, Roads.steps(scenario, road));
    }

    private boolean hasArrived(Scenario scenario, String run) {
        boolean isToSucceed = scenario != Scenario.BROKEN;
        return (is(run, Roads.EXIT, 0) == isToSucceed) && is(run, Roads.SERVES, Served.WHAT_IT_MUST.figure());
    }

    private boolean is(String run, String measure, double value) {
        return figures.one(Roads.PART, run, measure).filter(one -> one == value).isPresent();
    }

    /** How many runs did not arrive, in a pattern; empty where all did. */
    private String failed(Scenario scenario, String road, String pattern) {
        List<String> runs = runs(scenario, road);
        long failed = runs.stream().filter(run -> !hasArrived(scenario, run)).count();
        return failed == 0 ? "" : pattern.formatted("%d of %d failed".formatted(failed, runs.size()));
    }

    private List<List<String>> typo() {
        return phases(Scenario.TYPO, Roads.NAMES);
    }

    private List<List<String>> phases(Scenario scenario, List<String> roads) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "total", "build", "push", "rollout", "the rest"));
        for (String road : roads) {
            if (!runs(scenario, road).isEmpty()) {
                rows.add(phases(scenario, road));
            }
        }
        return rows;
    }

    /** Of a run that arrived, as one that failed early is no quick one: only parts of the same run make up a whole. */
    private List<String> phases(Scenario scenario, String road) {
        String range = new Spread(times(scenario, road)).range() + failed(scenario, road, "; %s");
        return middle(scenario, road)
                .map(run -> phases(road, run, range))
                .orElseGet(() -> List.of(road, NOTHING + range, NOTHING, NOTHING, NOTHING, NOTHING));
    }

    private List<String> phases(String road, String run, String range) {
        double rest = seconds(run);
        List<String> row = new ArrayList<>(List.of(road, number(rest) + range));
        for (String phase : PHASES) {
            double part = one(run, phase);
            row.add(number(part));
            rest -= Double.isNaN(part) ? 0 : part;
        }
        row.add(number(rest));
        return row;
    }

    /** The run in the middle of those that arrived; of two, the shorter. */
    private Optional<String> middle(Scenario scenario, String road) {
        List<String> sorted = arrivals(scenario, road)
                .sorted(Comparator.comparingDouble(this::seconds))
                .toList();
        return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.get((sorted.size() - 1) / 2));
    }

    private List<List<String>> broken() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "said", "what served then", "exit code", "seconds"));
        for (String road : Roads.NAMES) {
            Spread seconds = ofAll(Scenario.BROKEN, road, Roads.SECONDS);
            if (!seconds.values().isEmpty()) {
                double exit = ofAll(Scenario.BROKEN, road, Roads.EXIT).median();
                double served = ofAll(Scenario.BROKEN, road, Roads.SERVES).median();
                rows.add(List.of(
                        road,
                        exit == 0 ? "success" : "failure",
                        servedThen(served),
                        String.format(Locale.ROOT, "%.0f", exit),
                        seconds.toString()));
            }
        }
        return rows;
    }

    private static String servedThen(double figure) {
        if (figure == Served.NOTHING.figure()) {
            return "nothing, or an error";
        }
        return figure == Served.WHAT_IT_MUST.figure() ? "the release before" : "the broken one";
    }

    /** A one-word change on every road, of the runs that arrived; how many did not stands at the bar. */
    BarChart chart() {
        return new BarChart(
                "A one-word change, two units on each road",
                "s",
                Roads.NAMES.stream()
                        .filter(road -> !runs(Scenario.TYPO, road).isEmpty())
                        .map(road -> new BarChart.Bar(
                                road + failed(Scenario.TYPO, road, " (%s)"),
                                new Spread(times(Scenario.TYPO, road)).median(),
                                road.equals(ByHand.NAME) || road.equals(CapistranoRoad.NAME) ? 1 : 0))
                        .toList());
    }

    /** Of all runs, however they ended. */
    private Spread ofAll(Scenario scenario, String road, String measure) {
        return new Spread(figures.of(Roads.PART, Roads.steps(scenario, road), measure));
    }

    private static String number(double value) {
        return Double.isNaN(value) ? NOTHING : String.format(Locale.ROOT, "%.1f", value);
    }
}
