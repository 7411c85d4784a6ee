package io.deployflow;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Which lines that a target's units wrote are wanted.
 *
 * @param follow whether to go on with new lines until cancelled
 * @param since how far to go back; by default what is usual for the target
 * @param unit only of this task or host: the beginning of its name
 * @param container only of this container
 */
public record LogQuery(boolean follow, Optional<Duration> since, Optional<String> unit, Optional<String> container) {

    /**
     * Checks that nothing is missing.
     *
     * @throws IllegalArgumentException if {@code since} is not longer than 0
     */
    public LogQuery {
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(container, "container");
        if (since.filter(time -> time.isZero() || time.isNegative()).isPresent()) {
            throw new IllegalArgumentException("since must be longer than 0");
        }
    }

    /** The last lines of all units. */
    public static LogQuery all() {
        return new LogQuery(false, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
