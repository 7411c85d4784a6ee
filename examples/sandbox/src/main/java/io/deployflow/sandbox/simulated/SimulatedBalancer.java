package io.deployflow.sandbox.simulated;

import io.deployflow.sandbox.port.Backend;
import io.deployflow.sandbox.port.LoadBalancer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Knows where requests would go. Opens no port. */
public final class SimulatedBalancer implements LoadBalancer {

    private final Map<String, List<Backend>> routes = new LinkedHashMap<>();

    /** With no listener. */
    public SimulatedBalancer() {}

    @Override
    public synchronized int open(String listener, int wantedPort) {
        routes.put(listener, List.of());
        return wantedPort;
    }

    @Override
    public synchronized void route(String listener, List<Backend> backends) {
        routes.put(listener, List.copyOf(backends));
    }

    @Override
    public synchronized void close(String listener) {
        routes.remove(listener);
    }

    /**
     * Where requests would go.
     *
     * @return backends by listener, in the order in which the listeners were opened
     */
    public synchronized Map<String, List<Backend>> routes() {
        return new LinkedHashMap<>(routes);
    }
}
