package io.deployflow.sandbox.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.NetworkSettings;
import com.github.dockerjava.api.model.Ports;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads where a container's ports are published. */
final class PublishedPorts {
    private PublishedPorts() {}

    /** The port of 127.0.0.1 by container port; empty when the container does not run. */
    static Map<Integer, Integer> of(InspectContainerResponse inspection) {
        Map<Integer, Integer> published = new HashMap<>();
        NetworkSettings network = inspection.getNetworkSettings();
        if (network != null && network.getPorts() != null) {
            network.getPorts().getBindings().forEach((exposed, bindings) -> {
                if (hasPort(bindings)) {
                    published.put(exposed.getPort(), Integer.valueOf(bindings[0].getHostPortSpec()));
                }
            });
        }
        return published;
    }

    private static boolean hasPort(Ports.Binding @Nullable [] bindings) {
        return bindings != null && bindings.length > 0 && bindings[0].getHostPortSpec() != null;
    }
}
