package io.deployflow.benchmark.layers;

import io.deployflow.benchmark.Medians;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every run that counted. */
final class Figures {
    private final Map<String, List<Duration>> times = new LinkedHashMap<>();
    private final Map<String, List<Long>> sent = new LinkedHashMap<>();
    private final Map<String, List<Long>> content = new LinkedHashMap<>();
    private final Map<String, Map<String, List<Duration>>> deploys = new LinkedHashMap<>();
    private final Map<String, Map<String, List<Duration>>> steps = new LinkedHashMap<>();
    private int largeMegabytes;
    private Duration large = Duration.ZERO;

    /**
     * Notes a run.
     *
     * @param bytes all that went to the registry
     * @param blobs what of that was layers; 0 where the tool does not tell
     */
    void add(String scenario, String tool, Duration wall, long bytes, long blobs) {
        String key = scenario + "|" + tool;
        times.computeIfAbsent(key, name -> new ArrayList<>()).add(wall);
        sent.computeIfAbsent(key, name -> new ArrayList<>()).add(bytes);
        content.computeIfAbsent(key, name -> new ArrayList<>()).add(blobs);
    }

    /** Notes a phase of a whole deploy. */
    void deploy(String road, String phase, Duration took) {
        deploys.computeIfAbsent(road, name -> new LinkedHashMap<>())
                .computeIfAbsent(phase, name -> new ArrayList<>())
                .add(took);
    }

    /** Notes how long a step of a whole deploy took the unit that took longest for it. */
    void step(String road, String step, Duration took) {
        steps.computeIfAbsent(road, name -> new LinkedHashMap<>())
                .computeIfAbsent(step, name -> new ArrayList<>())
                .add(took);
    }

    void large(int megabytes, Duration wall) {
        largeMegabytes = megabytes;
        large = wall;
    }

    Optional<Duration> wall(String scenario, String tool) {
        return Medians.of(times.getOrDefault(scenario + "|" + tool, List.of()));
    }

    Optional<Long> sent(String scenario, String tool) {
        return middle(sent.getOrDefault(scenario + "|" + tool, List.of()));
    }

    /** What went to the registry beside the layers themselves. */
    Optional<Long> overhead(String scenario, String tool) {
        List<Long> all = sent.getOrDefault(scenario + "|" + tool, List.of());
        List<Long> blobs = content.getOrDefault(scenario + "|" + tool, List.of());
        List<Long> rest = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            rest.add(all.get(i) - blobs.get(i));
        }
        return middle(rest);
    }

    private static Optional<Long> middle(List<Long> numbers) {
        return numbers.stream().sorted().skip(numbers.size() / 2).findFirst();
    }

    Optional<Duration> deploy(String road, String phase) {
        return Medians.of(deploys.getOrDefault(road, Map.of()).getOrDefault(phase, List.of()));
    }

    /** The steps of a road, in the order in which they were first seen. */
    Map<String, Duration> steps(String road) {
        Map<String, Duration> medians = new LinkedHashMap<>();
        steps.getOrDefault(road, Map.of())
                .forEach((step, times) -> Medians.of(times).ifPresent(median -> medians.put(step, median)));
        return medians;
    }

    List<String> phases() {
        return deploys.values().stream()
                .flatMap(phases -> phases.keySet().stream())
                .distinct()
                .toList();
    }

    int largeMegabytes() {
        return largeMegabytes;
    }

    Duration large() {
        return large;
    }
}
