package io.deployflow.sandbox.docker;

/** A part of the sandbox could not be set up or reached. The message says which, why, and how to mend it. */
public final class SandboxException extends RuntimeException {
    /**
     * For a failure that has a cause.
     *
     * @param message what failed and how to mend it
     * @param cause what was thrown
     */
    public SandboxException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * For a failure that was found by looking.
     *
     * @param message what failed and how to mend it
     */
    public SandboxException(String message) {
        super(message);
    }
}
