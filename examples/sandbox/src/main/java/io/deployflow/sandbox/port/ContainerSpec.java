package io.deployflow.sandbox.port;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One container to start.
 *
 * @param name its name in the task definition
 * @param image what to run: {@code host:port/repository@sha256:...} when the registry resolved it, else the reference
 *     as the task definition has it (an image that only the local engine knows)
 * @param entryPoint replaces the image's entry point; empty keeps it
 * @param command replaces the image's command; empty keeps it
 * @param environment variables by name
 * @param containerPorts TCP ports to publish, each on a free port of 127.0.0.1
 * @param healthCheck the container health check; empty when the task definition has none
 * @param labels the task definition's dockerLabels
 * @param workingDirectory replaces the image's; empty keeps it
 * @param user replaces the image's; empty keeps it
 * @param memoryMiB hard limit in MiB; 0 is no limit
 * @param cpuUnits share of the processor, 1024 to a core; 0 is the engine's default
 */
public record ContainerSpec(
        String name,
        String image,
        List<String> entryPoint,
        List<String> command,
        Map<String, String> environment,
        List<Integer> containerPorts,
        Optional<HealthCheck> healthCheck,
        Map<String, String> labels,
        Optional<String> workingDirectory,
        Optional<String> user,
        long memoryMiB,
        int cpuUnits) {

    /** Copies the collections. */
    public ContainerSpec {
        entryPoint = List.copyOf(entryPoint);
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        containerPorts = List.copyOf(containerPorts);
        labels = Map.copyOf(labels);
    }

    /**
     * The same with more variables.
     *
     * @param variables by name; they replace those of the same name
     * @return the changed container
     */
    public ContainerSpec with(Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(variables);
        return new ContainerSpec(
                name,
                image,
                entryPoint,
                command,
                all,
                containerPorts,
                healthCheck,
                labels,
                workingDirectory,
                user,
                memoryMiB,
                cpuUnits);
    }

    /** Without the variables: secrets may be among them. */
    @Override
    public String toString() {
        return "ContainerSpec[" + name + ", " + image + "]";
    }
}
