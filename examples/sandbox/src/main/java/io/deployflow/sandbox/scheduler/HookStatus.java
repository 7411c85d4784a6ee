package io.deployflow.sandbox.scheduler;

/** What a lifecycle hook answers. */
public enum HookStatus {
    /** The deployment may go on. */
    SUCCEEDED,
    /** The deployment is rolled back. */
    FAILED,
    /** It is asked again. */
    IN_PROGRESS
}
