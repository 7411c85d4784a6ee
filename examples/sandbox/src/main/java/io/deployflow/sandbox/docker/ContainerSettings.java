package io.deployflow.sandbox.docker;

import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.Volume;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A container of the sandbox's own to run.
 *
 * @param name what it is, unique in the sandbox: part of the container's name
 * @param image reference or id
 * @param environment variables by name
 * @param ports TCP ports to publish, each on a free port of 127.0.0.1
 * @param hostNetwork share the machine's network instead
 * @param shown folders of this machine that it can read, by where it sees them
 */
public record ContainerSettings(
        String name,
        String image,
        Map<String, String> environment,
        List<Integer> ports,
        boolean hostNetwork,
        Map<String, Path> shown) {

    /** Copies the collections. */
    public ContainerSettings {
        environment = Map.copyOf(environment);
        ports = List.copyOf(ports);
        shown = Map.copyOf(shown);
    }

    /**
     * A container that sees no folder of this machine.
     *
     * @param name what it is, unique in the sandbox
     * @param image reference or id
     * @param environment variables by name
     * @param ports TCP ports to publish
     * @param hostNetwork share the machine's network instead
     */
    public ContainerSettings(
            String name, String image, Map<String, String> environment, List<Integer> ports, boolean hostNetwork) {
        this(name, image, environment, ports, hostNetwork, Map.of());
    }

    List<String> environmentLines() {
        return lines(environment);
    }

    List<ExposedPort> exposedPorts() {
        return ports.stream().map(ExposedPort::tcp).toList();
    }

    HostConfig hostConfig() {
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
