package io.deployflow.flow;

import io.deployflow.DeployException;
import org.jspecify.annotations.Nullable;

/** A job of the flow failed. Exit code 13. */
public class FlowException extends DeployException {
    private static final long serialVersionUID = 1L;

    /**
     * Describes the failure.
     *
     * @param what which job and step failed, and why
     * @param remedy how to mend it
     * @param job the job that failed, if it was one
     * @param cause the cause, if there is one
     */
    public FlowException(String what, String remedy, @Nullable String job, @Nullable Throwable cause) {
        super(what, remedy, job, cause);
    }

    /** Without a job or a cause in code. */
    public FlowException(String what, String remedy) {
        super(what, remedy);
    }
}
