package io.deployflow;

import org.jspecify.annotations.Nullable;

/** The push failed; what was live is live still. Exit code 4. */
public class PushException extends DeployException {
    private static final long serialVersionUID = 1L;

    /**
     * Describes the failure.
     *
     * @param what what failed and where
     * @param remedy how to mend it
     * @param unit the host or task that failed, if it was one
     * @param cause the cause, if there is one
     */
    public PushException(String what, String remedy, @Nullable String unit, @Nullable Throwable cause) {
        super(what, remedy, unit, cause);
    }

    /** Without a unit or a cause in code. */
    public PushException(String what, String remedy) {
        super(what, remedy);
    }
}
