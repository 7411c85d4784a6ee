package io.deployflow;

import org.jspecify.annotations.Nullable;

/** The rollout failed and what was live before could not be put back on every unit. Exit code 6. */
public class NotRestoredException extends DeployException {
    private static final long serialVersionUID = 1L;

    /**
     * Describes the failure.
     *
     * @param what what failed and where
     * @param remedy how to mend it
     * @param unit the host or task that failed, if it was one
     * @param cause the cause, if there is one
     */
    public NotRestoredException(String what, String remedy, @Nullable String unit, @Nullable Throwable cause) {
        super(what, remedy, unit, cause);
    }

    /** Without a unit or a cause in code. */
    public NotRestoredException(String what, String remedy) {
        super(what, remedy);
    }
}
