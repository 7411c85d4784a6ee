package io.deployflow.sandbox.wire;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The table of operations by service and name. */
public final class Operations {

    private final Map<String, Operation> table = new TreeMap<>();

    /**
     * Adds an operation.
     *
     * @param service as {@code ecs} or {@code elbv2}
     * @param name its name, {@code CreateCluster}
     * @param operation what to do
     * @return this
     */
    public Operations add(String service, String name, Operation operation) {
        table.put(key(service, name), operation);
        return this;
    }

    /**
     * Finds an operation.
     *
     * @param service its service
     * @param name its name
     * @return empty when there is none
     */
    public Optional<Operation> find(String service, String name) {
        return Optional.ofNullable(table.get(key(service, name)));
    }

    private static String key(String service, String name) {
        return service + ":" + name;
    }
}
