package io.deployflow.benchmark.claims;

import io.deployflow.benchmark.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * One unit more, and another Ruby.
 *
 * @param figures with them
 */
record SmallTables(Figures figures) {

    /** All of it. */
    List<Section> sections() {
        return List.of(
                new Section(
                        "one-more",
                        "One unit more",
                        "Seconds until it serves what the others serve: median, least and most.",
                        oneMore(),
                        1),
                new Section(
                        "ruby",
                        "Another Ruby, and back",
                        "Two units on each road. Clients ask all along: at the load balancer, and at each host by itself.",
                        ruby(),
                        3));
    }

    private List<List<String>> oneMore() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "its system and packages", "its release", "together"));
        for (String name : OneMore.NAMES) {
            Spread system = new Spread(figures.of(OneMore.PART, name + " / ", OneMore.SYSTEM));
            List<Double> releases = figures.of(OneMore.PART, name + " / ", OneMore.RELEASE);
            if (!releases.isEmpty()) {
                rows.add(List.of(
                        name,
                        name.equals(OneMore.TASK) ? "-" : system.toString(),
                        new Spread(releases).toString(),
                        new Spread(together(name)).toString()));
            }
        }
        return rows;
    }

    /** The seconds of each run, from nothing to a unit that serves what the others serve. */
    List<Double> together(String name) {
        List<Double> systems = figures.of(OneMore.PART, name + " / ", OneMore.SYSTEM);
        List<Double> releases = figures.of(OneMore.PART, name + " / ", OneMore.RELEASE);
        return IntStream.range(0, releases.size())
                .mapToObj(run -> systems.get(run) + releases.get(run))
                .toList();
    }

    private List<List<String>> ruby() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "", "what is done", "seconds", "Ruby afterwards", "failed requests"));
        for (Upgrade.Words words : Upgrade.Words.all()) {
            addRow(rows, words.road(), NewRuby.THERE, words.there());
            addRow(rows, words.road(), NewRuby.BACK, words.back());
        }
        return rows;
    }

    private void addRow(List<List<String>> rows, String road, String way, String done) {
        String step = NewRuby.step(road, way);
        figures.one(NewRuby.PART, step, NewRuby.SECONDS).ifPresent(seconds -> {
            double version = one(step, NewRuby.VERSION);
            rows.add(List.of(
                    road,
                    way,
                    done,
                    new Spread(List.of(seconds)) + (one(step, NewRuby.SUCCEEDED) == 1 ? "" : ", failed"),
                    version == 0 ? "nothing answers" : String.format(Locale.ROOT, "%.1f", version),
                    String.format(
                            Locale.ROOT, "%.0f of %,.0f", one(step, NewRuby.FAILED), one(step, NewRuby.REQUESTS))));
        });
    }

    private double one(String step, String measure) {
        return figures.one(NewRuby.PART, step, measure).orElse(0.0);
    }
}
