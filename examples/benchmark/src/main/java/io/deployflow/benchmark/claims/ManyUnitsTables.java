package io.deployflow.benchmark.claims;

import io.deployflow.benchmark.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What came of deploys to many units.
 *
 * @param figures with them
 * @param size to how many, and how much fails
 */
record ManyUnitsTables(Figures figures, Size size) {
    private static final int PERCENT = 100;

    private interface Cell {
        String of(Case one);
    }

    /** All of it. */
    List<Section> sections() {
        return List.of(
                new Section(
                        "many-success",
                        "Deploys to many units: how many succeed",
                        "So many of so many, and between what the chance lies (Wilson's interval for 95 of 100). Of those where"
                                + " connects fail one is a whole deploy, of Capistrano all are. In place of the others, over SSH"
                                + " connects to all hosts are made, as a deploy begins, and ECS's clock goes ten times as fast."
                                + " By arithmetic: the chance that the first connects to all units succeed.",
                        rows("by arithmetic", ManyUnitsTables::arithmetic, this::success),
                        2),
                new Section(
                        "many-seconds",
                        "Deploys to many units: seconds",
                        "Of the deploys that succeeded: median, least and most.",
                        rows("", one -> "", this::seconds),
                        2),
                new Section(
                        "many-left",
                        "Deploys to many units: what failed deploys left",
                        "Of the deploys that failed: how many left some units on one release and some on another.",
                        rows("", one -> "", this::left),
                        2));
    }

    private List<List<String>> rows(String first, Cell firstCell, Cell cell) {
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of("fail", "units"));
        if (!first.isEmpty()) {
            header.add(first);
        }
        header.addAll(Ways.NAMES);
        rows.add(header);
        for (int percent : size.percents()) {
            for (int count : size.units()) {
                List<String> row = new ArrayList<>(List.of(percent + " %", String.valueOf(count)));
                if (!first.isEmpty()) {
                    row.add(firstCell.of(new Case("", count, percent)));
                }
                Ways.NAMES.forEach(way -> row.add(cell.of(new Case(way, count, percent))));
                if (isMeasured(count, percent)) {
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    private boolean isMeasured(int units, int percent) {
        return Ways.NAMES.stream()
                .anyMatch(way -> rate(new Case(way, units, percent)).tried() > 0);
    }

    private static String arithmetic(Case one) {
        return String.format(Locale.ROOT, one.chance() < 0.1 ? "%.2g %%" : "%.0f %%", one.chance() * PERCENT);
    }

    private String success(Case one) {
        return rate(one).toString();
    }

    /** Of whole deploys, and of what is repeated in their place. */
    private Rate rate(Case one) {
        List<Double> all = new ArrayList<>(all(one, Trial.SUCCEEDED));
        all.addAll(figures.of(ManyUnits.REPEATS, one.steps(), Trial.SUCCEEDED));
        return new Rate((int) Math.round(sum(all)), all.size());
    }

    private String seconds(Case one) {
        return new Spread(times(one)).toString();
    }

    /** The seconds of the deploys that succeeded. */
    List<Double> times(Case one) {
        List<Double> succeeded = all(one, Trial.SUCCEEDED);
        List<Double> seconds = all(one, Trial.SECONDS);
        return IntStream.range(0, seconds.size())
                .filter(run -> succeeded.get(run) > 0)
                .mapToObj(seconds::get)
                .toList();
    }

    private String left(Case one) {
        List<Double> succeeded = all(one, Trial.SUCCEEDED);
        long failed = succeeded.size() - Math.round(sum(succeeded));
        return failed == 0 ? "-" : "%d of %d".formatted(Math.round(sum(all(one, Trial.MIXED))), failed);
    }

    /** The share of deploys that succeeded where so many connects fail, by the number of units. */
    ShareChart chart(int percent) {
        List<Integer> units = size.units().stream()
                .filter(count -> isMeasured(count, percent))
                .toList();
        List<ShareChart.Series> series = new ArrayList<>();
        for (String way : Ways.NAMES) {
            List<ShareChart.Point> points = new ArrayList<>();
            for (int position = 0; position < units.size(); position++) {
                Rate rate = rate(new Case(way, units.get(position), percent));
                if (rate.tried() > 0) {
                    points.add(new ShareChart.Point(position, PERCENT * rate.share()));
                }
            }
            series.add(new ShareChart.Series(way, Ways.NAMES.indexOf(way), points));
        }
        return new ShareChart(
                "Deploys that succeed where %d %% of connects fail".formatted(percent),
                units.stream()
                        .map(count -> count + (count == 1 ? " unit" : " units"))
                        .toList(),
                series);
    }

    private List<Double> all(Case one, String measure) {
        return figures.of(ManyUnits.PART, one.steps(), measure);
    }

    private static double sum(List<Double> values) {
        return values.stream().mapToDouble(value -> value).sum();
    }
}
