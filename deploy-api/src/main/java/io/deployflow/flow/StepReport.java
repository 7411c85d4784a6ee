package io.deployflow.flow;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What one step did.
 *
 * @param name what people call it
 * @param state how it ended
 * @param took how long it took
 * @param failure why it failed, if it did
 * @param lastOutput the last lines that it wrote, if it failed
 */
public record StepReport(
        String name, JobState state, Duration took, Optional<String> failure, List<String> lastOutput) {
    /** Copies the list. */
    public StepReport {
        Objects.requireNonNull(failure, "failure");
        lastOutput = List.copyOf(lastOutput);
    }
}
