package io.deployflow;

import org.jspecify.annotations.Nullable;

/** An operation, such as {@code maintenance} or {@code exec}, did not do its work on every unit. Exit code 10. */
public class OperationException extends DeployException {
    private static final long serialVersionUID = 1L;

    /**
     * Describes the failure.
     *
     * @param what what failed and where
     * @param remedy how to mend it
     * @param unit the host or task that failed, if it was one
     * @param cause the cause, if there is one
     */
    public OperationException(String what, String remedy, @Nullable String unit, @Nullable Throwable cause) {
        super(what, remedy, unit, cause);
    }

    /** Without a unit or a cause in code. */
    public OperationException(String what, String remedy) {
        super(what, remedy);
    }
}
