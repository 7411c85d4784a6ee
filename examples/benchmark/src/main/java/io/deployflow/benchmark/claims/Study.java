package io.deployflow.benchmark.claims;

import io.deployflow.benchmark.Figures;
import io.deployflow.benchmark.Machine;
import io.deployflow.benchmark.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What all experiments share.
 *
 * @param root the project's
 * @param folder for what is made meanwhile
 * @param figures what was measured
 * @param progress is told of each step
 * @param size how much is measured
 * @param clock the time
 * @param begun when all of it began; of a run that goes on where another was interrupted, that other's time before now
 */
record Study(Path root, Path folder, Figures figures, Progress progress, Size size, Clock clock, Instant begun) {
    /** How busy the machine was with all that ran on it, at each step. */
    static final String LOAD = "load";

    /** When a step ended, in the time of all attempts at the whole: an interrupted one's ends with its last step. */
    private static final String PASSED = "seconds since it began";

    /** Among the parts: the tools that took part, as they named themselves when it was measured. */
    private static final String TOOLS = "tools";

    private static final double MILLIS = 1000;

    /** Begins, or goes on: what the figures say to have passed has passed. */
    static Study begin(Path root, Path folder, Figures figures, Progress progress, Size size, Clock clock) {
        double passed = figures.ofAll(PASSED).stream()
                .mapToDouble(seconds -> seconds)
                .max()
                .orElse(0);
        Instant begun = clock.instant().minusMillis((long) (passed * MILLIS));
        return new Study(root, folder, figures, progress, size, clock, begun);
    }

    /**
     * Whether a step may still be measured. The first of its kind may as long as there is time at all, and always where
     * there are few.
     *
     * @param run how often it will have been measured
     * @param planned what it takes
     * @param share of the time for all of it after which nothing more is repeated
     */
    boolean mayRun(int run, Duration planned, double share) {
        Instant end = begun.plus(size.share(run == 1 ? 1 : share));
        return (run == 1 && size.isQuick()) || clock.instant().plus(planned).isBefore(end);
    }

    /** Keeps all that a tool said of a deploy that did not arrive, for whoever wants to know why. */
    void keepWords(String step, String words) throws IOException {
        Files.writeString(
                words(),
                "%s, %s%n%s%n%n".formatted(clock.instant(), step, words),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** Where {@link #keepWords} keeps them. */
    Path words() {
        return root.resolve("examples/benchmark/target/claims-failures.log");
    }

    /** How long all attempts at the whole took so far. */
    Duration took() {
        return Duration.between(begun, clock.instant());
    }

    /** Notes a tool that takes part, by its name and version: the page may be written when it is gone. */
    void uses(String tool) {
        if (!figures.has(TOOLS, tool)) {
            figures.add(TOOLS, tool, Map.of("took part", 1.0));
        }
    }

    /** The tools that took part, each with its version. */
    static List<String> tools(Figures figures) {
        return figures.steps(TOOLS, "");
    }

    /** Notes a step, and tells it. */
    void done(String part, String step, Map<String, Double> measures, Duration planned, String words) {
        Map<String, Double> all = new LinkedHashMap<>(measures);
        all.put(LOAD, Machine.load());
        all.put(PASSED, took().toMillis() / MILLIS);
        figures.add(part, step, all);
        progress.done(planned, words);
    }
}
