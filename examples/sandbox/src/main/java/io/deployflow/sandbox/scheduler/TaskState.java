package io.deployflow.sandbox.scheduler;

/** The life of a task, in order, as {@code lastStatus} shows it. */
public enum TaskState {
    /** Waiting for resources. */
    PROVISIONING,
    /** Its images are being pulled. */
    PENDING,
    /** Its containers are being started. */
    ACTIVATING,
    /** All its containers run. */
    RUNNING,
    /** Its targets are draining. */
    DEACTIVATING,
    /** Its containers have been told to stop. */
    STOPPING,
    /** Its resources are being freed. */
    DEPROVISIONING,
    /** Over. */
    STOPPED;

    /** {@return true before the task runs} */
    public boolean isPending() {
        return compareTo(RUNNING) < 0;
    }
}
