package io.deployflow.sandbox.docker;

import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.Volume;
import com.github.dockerjava.api.model.VolumesFrom;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container of the sandbox's own to run.
 *
 * @param name what it is, unique in the sandbox: part of the container's name
 * @param image reference or id
 * @param environment variables by name
 * @param ports TCP ports to publish, each on a free port of 127.0.0.1
 * @param hostNetwork share the machine's network instead
 * @param shown folders of this machine that it can read, by where it sees them
 * @param beside the container whose network, processes and volumes it shares, as if that were its machine
 */
public record ContainerSettings(
        String name,
        String image,
        Map<String, String> environment,
        List<Integer> ports,
        boolean hostNetwork,
        Map<String, Path> shown,
        Optional<String> beside) {

    /** Copies the collections. */
    public ContainerSettings {
        environment = Map.copyOf(environment);
        ports = List.copyOf(ports);
        shown = Map.copyOf(shown);
    }

    /**
     * A container that sees no folder of this machine, and shares nothing with another.
     *
     * @param name what it is, unique in the sandbox
     * @param image reference or id
     * @param environment variables by name
     * @param ports TCP ports to publish
     * @param hostNetwork share the machine's network instead
     */
    public ContainerSettings(
            String name, String image, Map<String, String> environment, List<Integer> ports, boolean hostNetwork) {
        this(name, image, environment, ports, hostNetwork, Map.of(), Optional.empty());
    }

    /**
     * A container that has another for its machine; that one publishes the ports and reaps the processes.
     *
     * @param container the other's name
     * @param name what it is, unique in the sandbox
     * @param image reference or id
     * @return the settings
     */
    public static ContainerSettings beside(String container, String name, String image) {
        return new ContainerSettings(name, image, Map.of(), List.of(), false, Map.of(), Optional.of(container));
    }

    List<String> environmentLines() {
        return lines(environment);
    }

    List<ExposedPort> exposedPorts() {
        return ports.stream().map(ExposedPort::tcp).toList();
    }

    HostConfig hostConfig() {
        return beside.map(ContainerSettings::sharing).orElseGet(this::separate);
    }

    private static HostConfig sharing(String container) {
        return HostConfig.newHostConfig()
                .withNetworkMode("container:" + container)
                .withPidMode("container:" + container)
                .withVolumesFrom(new VolumesFrom(container));
    }

    private HostConfig separate() {
        // An init process: what the application leaves behind is reaped as on a real host.
        HostConfig config = HostConfig.newHostConfig()
                .withInit(true)
                .withPortBindings(onLoopback(ports))
                .withBinds(binds());
        return hostNetwork ? config.withNetworkMode("host") : config;
    }

    private List<Bind> binds() {
        return shown.entrySet().stream()
                .map(entry -> new Bind(
                        entry.getValue().toAbsolutePath().toString(), new Volume(entry.getKey()), AccessMode.ro))
                .toList();
    }

    static PortBinding[] onLoopback(List<Integer> ports) {
        return ports.stream()
                .map(port -> new PortBinding(Ports.Binding.bindIp("127.0.0.1"), ExposedPort.tcp(port)))
                .toArray(PortBinding[]::new);
    }

    static List<String> lines(Map<String, String> environment) {
        return Arrays.asList(environment.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new));
    }
}
