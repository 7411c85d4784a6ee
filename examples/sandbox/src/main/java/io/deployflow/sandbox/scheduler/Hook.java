package io.deployflow.sandbox.scheduler;

import java.util.Set;

/**
 * A lifecycle hook.
 *
 * @param targetArn the function that is asked
 * @param stages the stages that do not end before it agrees
 */
public record Hook(String targetArn, Set<Stage> stages) {

    /** Copies the set. */
    public Hook {
        stages = Set.copyOf(stages);
    }
}
