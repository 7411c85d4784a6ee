package io.deployflow.sandbox.scheduler;

import java.util.Map;
import java.util.Optional;

/**
 * What came of getting a task's {@link Resources}.
 *
 * @param failure why the task cannot start, in ECS's words; empty when it can
 * @param variables the values that were read, by container and name
 */
public record Preparation(Optional<String> failure, Map<String, Map<String, String>> variables) {

    /** Nothing was to be read. */
    public static final Preparation READY = new Preparation(Optional.empty(), Map.of());

    /** Without the values. */
    @Override
    public String toString() {
        return "Preparation" + failure;
    }
}
