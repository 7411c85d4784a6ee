package io.deployflow.benchmark.claims;

import io.deployflow.benchmark.BarChart;
import io.deployflow.benchmark.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

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
                        "From the start of the first command to the end of the last: median, least and most of all runs.",
                        scenarios(),
                        1),
                new Section(
                        "typo",
                        "Where the time of a one-word change goes",
                        "Seconds, medians. The rest is the start of the command, preflight, cleanup. Other tools tell no phases.",
                        typo(),
                        1),
                new Section(
                        "image",
                        "Where the time goes when nothing of the image is there yet",
                        "Seconds, medians. As on a CI machine without a cache, or when the packages of the image change.",
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
        List<Double> arrived = times(scenario, road);
        int all = seconds(scenario, road, Roads.SECONDS).values().size();
        int failed = all - arrived.size();
        return new Spread(arrived) + (failed == 0 ? "" : "; %d of %d failed".formatted(failed, all));
    }

    /** The seconds of the runs that ended as they must: a broken release by being refused, with the old one serving. */
    List<Double> times(Roads.Scenario scenario, String road) {
        String steps = Roads.steps(scenario, road);
        List<Double> seconds = figures.of(Roads.PART, steps, Roads.SECONDS);
        List<Double> exits = figures.of(Roads.PART, steps, Roads.EXIT);
        List<Double> serves = figures.of(Roads.PART, steps, Roads.SERVES);
        boolean isToSucceed = scenario != Roads.Scenario.BROKEN;
        return IntStream.range(0, seconds.size())
                .filter(run -> (exits.get(run) == 0) == isToSucceed && serves.get(run) == 1)
                .mapToObj(seconds::get)
                .toList();
    }

    private List<List<String>> typo() {
        return phases(Roads.Scenario.TYPO, Roads.NAMES);
    }

    private List<List<String>> phases(Roads.Scenario scenario, List<String> roads) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "total", "build", "push", "rollout", "the rest"));
        for (String road : roads) {
            double total = seconds(scenario, road, Roads.SECONDS).median();
            if (!Double.isNaN(total)) {
                List<String> row = new ArrayList<>(List.of(road, number(total)));
                double rest = total;
                for (String phase : PHASES) {
                    double part = seconds(scenario, road, phase).median();
                    row.add(number(part));
                    rest -= Double.isNaN(part) ? 0 : part;
                }
                row.add(number(rest));
                rows.add(row);
            }
        }
        return rows;
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

    /** A one-word change on every road. */
    BarChart chart() {
        return new BarChart(
                "A one-word change, two units on each road",
                "s",
                Roads.NAMES.stream()
                        .map(road -> new BarChart.Bar(
                                road,
                                seconds(Roads.Scenario.TYPO, road, Roads.SECONDS)
                                        .median(),
                                road.equals(ByHand.NAME) || road.equals(CapistranoRoad.NAME) ? 1 : 0))
                        .filter(bar -> !Double.isNaN(bar.value()))
                        .toList());
    }

    private Spread seconds(Roads.Scenario scenario, String road, String measure) {
        return new Spread(figures.of(Roads.PART, Roads.steps(scenario, road), measure));
    }

    private static String number(double value) {
        return Double.isNaN(value) ? NOTHING : String.format(Locale.ROOT, "%.1f", value);
    }
}
