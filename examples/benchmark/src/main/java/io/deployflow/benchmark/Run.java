package io.deployflow.benchmark;

import java.time.Duration;
import java.util.Map;

/**
 * One command that was run to its end.
 *
 * @param exitCode its exit code
 * @param wall from its start to its end, as a person with a watch would see it
 * @param phases the time of each phase, by its word, in order; {@code start} is what passed before the first one
 * @param steps the longest time that a unit took for each of its steps, by the step's name; what it only served for is
 *     none
 * @param outcome the report's outcome, or {@code none} where there is no report
 * @param failure the failure's message; empty if there was none
 */
public record Run(
        int exitCode,
        Duration wall,
        Map<String, Duration> phases,
        Map<String, Duration> steps,
        String outcome,
        String failure) {}
