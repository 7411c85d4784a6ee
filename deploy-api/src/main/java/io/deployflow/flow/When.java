package io.deployflow.flow;

/** On what a job or a step depends, beside its filters. */
public enum When {
    /** Everything before it succeeded. */
    ON_SUCCESS,
    /** Something before it failed. */
    ON_FAILURE,
    /** Either way. */
    ALWAYS
}
