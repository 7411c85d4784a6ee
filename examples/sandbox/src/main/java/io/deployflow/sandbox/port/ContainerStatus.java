package io.deployflow.sandbox.port;

import java.util.Map;
import java.util.Optional;

/**
 * What a runtime knows of one container.
 *
 * @param name its name in the task definition
 * @param state where it is in its life
 * @param health the result of its health check; {@link Health#UNKNOWN} when it has none or none has finished
 * @param exitCode present once {@link State#EXITED}
 * @param failure present when {@link State#FAILED} (or when killed for memory): ECS's error name and the engine's own
 *     message, {@code CannotPullContainerError: ...}, {@code CannotStartContainerError: ...}, {@code OutOfMemoryError:
 *     Container killed due to memory usage}
 * @param ports published port of 127.0.0.1 by container port; empty until running
 * @param runtimeId the engine's container id; empty before it is created
 * @param imageDigest {@code sha256:...} of the manifest that it runs; empty when not known
 */
public record ContainerStatus(
        String name,
        State state,
        Health health,
        Optional<Integer> exitCode,
        Optional<String> failure,
        Map<Integer, Integer> ports,
        Optional<String> runtimeId,
        Optional<String> imageDigest) {

    /** Copies the map. */
    public ContainerStatus {
        ports = Map.copyOf(ports);
    }

    /** Where a container is in its life. */
    public enum State {
        /** Its image is being pulled, or waits to be. */
        PULLING,
        /** Its image is there; it is being created or started. */
        STARTING,
        /** Its process runs. */
        RUNNING,
        /** Its process has ended. */
        EXITED,
        /** It never ran, and will not: see the failure. */
        FAILED
    }

    /** The result of a container health check. */
    public enum Health {
        /** No check, or none finished. */
        UNKNOWN,
        /** The last check passed. */
        HEALTHY,
        /** As many checks in a row as it has retries failed. */
        UNHEALTHY
    }
}
