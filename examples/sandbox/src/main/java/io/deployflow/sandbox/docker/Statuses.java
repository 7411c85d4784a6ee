package io.deployflow.sandbox.docker;

import com.github.dockerjava.api.command.HealthState;
import com.github.dockerjava.api.command.InspectContainerResponse;
import io.deployflow.sandbox.port.ContainerSpec;
import io.deployflow.sandbox.port.ContainerStatus;
import io.deployflow.sandbox.port.ContainerStatus.Health;
import io.deployflow.sandbox.port.ContainerStatus.State;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes what the control plane sees from what the engine says. */
final class Statuses {
    private static final int KILLED = 137;

    private Statuses() {}

    static ContainerStatus before(ContainerSpec spec, State state) {
        return new ContainerStatus(
                spec.name(),
                state,
                Health.UNKNOWN,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                digest(spec.image()));
    }

    static ContainerStatus failed(ContainerSpec spec, String reason) {
        return new ContainerStatus(
                spec.name(),
                State.FAILED,
                Health.UNKNOWN,
                Optional.empty(),
                Optional.of(reason),
                Map.of(),
                Optional.empty(),
                digest(spec.image()));
    }

    static ContainerStatus of(ContainerSpec spec, InspectContainerResponse inspection) {
        InspectContainerResponse.ContainerState state = inspection.getState();
        boolean ended = "exited".equals(state.getStatus()) || "dead".equals(state.getStatus());
        boolean outOfMemory = ended && Boolean.TRUE.equals(state.getOOMKilled());
        return new ContainerStatus(
                spec.name(),
                ended ? State.EXITED : State.RUNNING,
                health(state.getHealth()),
                ended ? Optional.ofNullable(state.getExitCodeLong()).map(Long::intValue) : Optional.empty(),
                outOfMemory ? Optional.of("OutOfMemoryError: Container killed due to memory usage") : Optional.empty(),
                ended ? Map.of() : PublishedPorts.of(inspection),
                Optional.of(inspection.getId()),
                digest(spec.image()));
    }

    /** A container that someone removed behind the sandbox's back counts as killed. */
    static ContainerStatus gone(ContainerStatus last) {
        return new ContainerStatus(
                last.name(),
                State.EXITED,
                last.health(),
                last.exitCode().or(() -> Optional.of(KILLED)),
                last.failure(),
                Map.of(),
                last.runtimeId(),
                last.imageDigest());
    }

    private static Health health(@Nullable HealthState state) {
        if (state == null || state.getStatus() == null) {
            return Health.UNKNOWN;
        }
        return switch (state.getStatus()) {
            case "healthy" -> Health.HEALTHY;
            case "unhealthy" -> Health.UNHEALTHY;
            default -> Health.UNKNOWN;
        };
    }

    private static Optional<String> digest(String image) {
        int at = image.indexOf('@');
        return at < 0 ? Optional.empty() : Optional.of(image.substring(at + 1));
    }
}
