package io.deployflow.ecs;

import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Where a container engine is that nobody has named: Docker's socket, else Podman's. */
final class EngineAddress {
    private static final String DOCKER = "/var/run/docker.sock";
    private static final String PODMAN = "podman/podman.sock";

    private EngineAddress() {}

    /**
     * Podman's address, where it is the one to take.
     *
     * @param exists whether a file is there
     */
    static Optional<String> podman(Map<String, String> environment, Predicate<String> exists) {
        if (environment.containsKey("DOCKER_HOST") || exists.test(DOCKER)) {
            return Optional.empty();
        }
        return Stream.of(environment.getOrDefault("XDG_RUNTIME_DIR", "/run/user/0"), "/run")
                .map(directory -> directory + "/" + PODMAN)
                .filter(exists)
                .map(socket -> "unix://" + socket)
                .findFirst();
    }
}
