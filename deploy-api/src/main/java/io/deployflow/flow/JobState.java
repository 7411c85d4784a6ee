package io.deployflow.flow;

/** How a job or a step ended. */
public enum JobState {
    /** It did what it should. */
    SUCCEEDED,
    /** It did not. */
    FAILED,
    /** It was ended before it was done. */
    CANCELLED,
    /** It was not begun. */
    SKIPPED
}
