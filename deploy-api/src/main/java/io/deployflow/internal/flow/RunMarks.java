package io.deployflow.internal.flow;

/** The variables that tell a step what it runs for, and by which its processes are found. */
final class RunMarks {
    static final String RUN = "DEPLOYFLOW_RUN";
    static final String JOB = "DEPLOYFLOW_JOB_ID";

    private RunMarks() {}
}
