package io.deployflow.internal.flow;

/** What a step does. */
@FunctionalInterface
interface StepAction {
    /**
     * Does it.
     *
     * @throws io.deployflow.DeployException if it fails
     * @throws io.deployflow.DeployCancelledException if cancelled
     */
    void run(StepSession step);
}
