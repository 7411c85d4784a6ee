package io.deployflow.benchmark.claims;

import io.deployflow.benchmark.Figures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What is to be the same on every machine of its kind, and whenever it is measured: not the times, but how they relate.
 *
 * @param figures with the times
 * @param size how much was measured
 */
record Ratios(Figures figures, Size size) {
    private static final int PERCENT = 100;
    private static final String NONE = "-";

    /** Of everything that was measured. */
    List<Ratio> all() {
        Noise noise = noise();
        List<Ratio> ratios = new ArrayList<>();
        for (Scenario scenario : List.of(Scenario.TYPO, Scenario.ROLLBACK)) {
            Roads.NAMES.stream()
                    .filter(road -> !road.equals(Roads.HOSTS))
                    .forEach(road -> ratios.add(roads(scenario, road, Roads.HOSTS, noise)));
        }
        ratios.add(roads(Scenario.IMAGE, ByHand.NAME, Roads.CONTAINERS, noise));
        ratios.add(roads(Scenario.BROKEN, Roads.CONTAINERS, Roads.HOSTS, noise));
        for (int units : size.units()) {
            Stream.of(Ways.CAPISTRANO, Ways.MODEL, Ways.ECS).forEach(way -> ratios.add(many(way, units, noise)));
        }
        Stream.of(OneMore.PREPARED, OneMore.BARE)
                .forEach(name -> ratios.add(
                        new Ratio(name + " / " + OneMore.TASK, oneMore(name), oneMore(OneMore.TASK), noise)));
        return ratios.stream().filter(Ratio::isMeasured).toList();
    }

    private Ratio roads(Scenario scenario, String longer, String shorter, Noise noise) {
        return new Ratio(
                "%s: %s / %s".formatted(scenario.title(), longer, shorter),
                times(scenario, longer),
                times(scenario, shorter),
                noise);
    }

    private List<Double> times(Scenario scenario, String road) {
        return new RoadsTables(figures).times(scenario, road);
    }

    private Ratio many(String way, int units, Noise noise) {
        return new Ratio(
                "%d units: %s / %s".formatted(units, way, Ways.OURS), many(way, units), many(Ways.OURS, units), noise);
    }

    private List<Double> many(String way, int units) {
        return new ManyUnitsTables(figures, size).times(new Case(way, units, 0));
    }

    private List<Double> oneMore(String name) {
        return new SmallTables(figures).together(name);
    }

    /** Of what was repeated and does not hang on chance. */
    private Noise noise() {
        Stream<List<Double>> roads = Stream.of(Scenario.values())
                .flatMap(scenario -> Roads.NAMES.stream().map(road -> times(scenario, road)));
        Stream<List<Double>> many =
                size.units().stream().flatMap(units -> Ways.NAMES.stream().map(way -> many(way, units)));
        Stream<List<Double>> oneMore = OneMore.NAMES.stream().map(this::oneMore);
        return Noise.of(Stream.of(roads, many, oneMore)
                .flatMap(Function.identity())
                .filter(times -> !times.isEmpty())
                .toList());
    }

    /** The table. */
    Section section() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "times as long", "a rerun's", "runs"));
        all().forEach(ratio -> rows.add(List.of(ratio.name(), ratio.toString(), ratio.spread(), ratio.runs())));
        return new Section("ratios", "What takes how many times as long", words(noise()), rows, 1);
    }

    private static String words(Noise noise) {
        return noise.isKnown()
                ? String.format(
                        Locale.ROOT,
                        "Of medians. Runs of the same thing lie apart by %.0f %% (the standard deviation over all that was "
                                + "repeated), so that 99 of 100 reruns find a ratio within the second column.",
                        noise.deviation() * PERCENT)
                : "Of medians; too little was repeated to say what a rerun finds.";
    }

    /**
     * How these ratios lie in the spread of those of an earlier run.
     *
     * @param kept the earlier run's
     * @return a row for each ratio of either, the header first; the last cell says whether they agree
     */
    List<List<String>> against(Ratios kept) {
        Map<String, Ratio> before = kept.byName();
        Map<String, Ratio> now = byName();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "now", "kept", "a rerun's", "agrees"));
        Stream.concat(before.keySet().stream(), now.keySet().stream())
                .distinct()
                .forEach(name ->
                        rows.add(row(name, Optional.ofNullable(now.get(name)), Optional.ofNullable(before.get(name)))));
        return rows;
    }

    private Map<String, Ratio> byName() {
        Map<String, Ratio> byName = new LinkedHashMap<>();
        all().forEach(ratio -> byName.put(ratio.name(), ratio));
        return byName;
    }

    private static List<String> row(String name, Optional<Ratio> now, Optional<Ratio> before) {
        return List.of(
                name,
                now.map(Ratio::toString).orElse(NONE),
                before.map(Ratio::toString).orElse(NONE),
                before.map(Ratio::spread).orElse(NONE),
                before.flatMap(kept -> now.map(kept::verdict))
                        .orElse(now.isEmpty() ? "not measured now" : "not measured then"));
    }

    /** Whether all ratios that both have agree, and there is one that can. */
    boolean agreeWith(Ratios kept) {
        List<String> verdicts = against(kept).stream()
                .skip(1)
                .map(row -> row.get(row.size() - 1))
                .toList();
        return verdicts.contains(Ratio.AGREES) && !verdicts.contains(Ratio.DISAGREES);
    }
}
