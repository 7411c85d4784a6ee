package io.deployflow.benchmark.claims;

import io.deployflow.benchmark.Figures;
import io.deployflow.benchmark.Machine;
import io.deployflow.benchmark.Progress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What all experiments share.
 *
 * @param root the project's
 * @param folder for what is made meanwhile
 * @param figures what was measured
 * @param progress is told of each step
 * @param size how much is measured
 */
record Study(Path root, Path folder, Figures figures, Progress progress, Size size) {
    /** How busy the machine was with all that ran on it, at each step. */
    static final String LOAD = "load";

    /** When the repetitions of an experiment end that begins now. */
    Instant repeatUntil() {
        return Clock.systemUTC().instant().plus(size.budget());
    }

    /** Whether a round may still be measured; the first one always. */
    static boolean mayRun(int round, Instant until) {
        return round == 1 || Clock.systemUTC().instant().isBefore(until);
    }

    /** Notes a step, and tells it. */
    void done(String part, String step, Map<String, Double> measures, Duration planned, String words) {
        Map<String, Double> all = new LinkedHashMap<>(measures);
        all.put(LOAD, Machine.load());
        figures.add(part, step, all);
        progress.done(planned, words);
    }
}
