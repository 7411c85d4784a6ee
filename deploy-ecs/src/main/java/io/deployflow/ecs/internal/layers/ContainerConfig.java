package io.deployflow.ecs.internal.layers;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an image runs; what is empty stays as the base image has it.
 *
 * @param entrypoint words of the entrypoint
 * @param command words of the command
 * @param environment added to the base image's
 * @param path directories that programs are looked for in before those of the {@code PATH} of the base image
 * @param user name or number, with a group or without
 * @param labels added to the base image's
 * @param ports such as {@code 3000/tcp}, added to the base image's
 * @param workdir where it starts
 */
public record ContainerConfig(
        List<String> entrypoint,
        List<String> command,
        Map<String, String> environment,
        List<String> path,
        Optional<String> user,
        Map<String, String> labels,
        List<String> ports,
        Optional<String> workdir) {

    /** Copies the collections; the maps in an order that is always the same. */
    public ContainerConfig {
        entrypoint = List.copyOf(entrypoint);
        command = List.copyOf(command);
        environment = new TreeMap<>(environment);
        path = List.copyOf(path);
        labels = new TreeMap<>(labels);
        ports = List.copyOf(ports);
    }
}
