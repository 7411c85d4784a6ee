package io.deployflow.flow;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What one job did.
 *
 * @param name its name
 * @param state how it ended
 * @param reason why it was skipped or cancelled, or what failed; empty if it succeeded
 * @param took how long it took
 * @param steps its steps, in order
 */
public record JobReport(String name, JobState state, String reason, Duration took, List<StepReport> steps) {
    /** Copies the list. */
    public JobReport {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(reason, "reason");
        steps = List.copyOf(steps);
    }

    /** A job that was not begun. */
    public static JobReport skipped(String name, String reason) {
        return new JobReport(name, JobState.SKIPPED, reason, Duration.ZERO, List.of());
    }

    /** The step that failed, if one did. */
    public Optional<StepReport> failedStep() {
        return steps.stream().filter(step -> step.state() == JobState.FAILED).findFirst();
    }
}
