package io.deployflow.sandbox.port;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a runtime knows of a task.
 *
 * @param pullStartedAt when the first image pull began; empty before
 * @param pullStoppedAt when the last image pull ended, well or badly; empty before
 * @param containers one for each container of the {@link TaskSpec}, in its order
 */
public record TaskStatus(
        Optional<Instant> pullStartedAt, Optional<Instant> pullStoppedAt, List<ContainerStatus> containers) {

    /** Copies the list. */
    public TaskStatus {
        containers = List.copyOf(containers);
    }

    /**
     * The same as another clock has it.
     *
     * @param fast how far that clock is fast
     * @return the changed status
     */
    public TaskStatus later(Duration fast) {
        return new TaskStatus(
                pullStartedAt.map(time -> time.plus(fast)), pullStoppedAt.map(time -> time.plus(fast)), containers);
    }
}
