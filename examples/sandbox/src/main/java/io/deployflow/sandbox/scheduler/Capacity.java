package io.deployflow.sandbox.scheduler;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the one container instance of a cluster has to give. A task holds what it reserved until it is over. */
public final class Capacity {

    private final String instance;
    private final Map<String, Demand> reserved = new LinkedHashMap<>();
    private Optional<Demand> limit = Optional.empty();

    /**
     * Without a limit.
     *
     * @param instance the id of the container instance
     */
    public Capacity(String instance) {
        this.instance = instance;
    }

    /** {@return the id of the container instance} */
    public String instance() {
        return instance;
    }

    /** {@return what it has; empty when there is no limit} */
    public Optional<Demand> limit() {
        return limit;
    }

    /**
     * Sets what it has; tasks that run stay.
     *
     * @param whole what it has; empty for no limit
     */
    public void limit(Optional<Demand> whole) {
        limit = whole;
    }

    /** {@return what its tasks have reserved} */
    public Demand used() {
        return reserved.values().stream().reduce(Demand.NONE, Demand::plus);
    }

    /** Reserves for a task, or says what there is too little of: {@code memory} or {@code CPU units}. */
    Optional<String> reserve(String taskId, Demand demand) {
        Optional<String> shortage = limit.flatMap(whole -> shortage(whole.minus(used()), demand));
        if (shortage.isEmpty()) {
            reserved.put(taskId, demand);
        }
        return shortage;
    }

    private static Optional<String> shortage(Demand left, Demand wanted) {
        if (wanted.memoryMiB() > left.memoryMiB()) {
            return Optional.of("memory");
        }
        return wanted.cpuUnits() > left.cpuUnits() ? Optional.of("CPU units") : Optional.empty();
    }

    void release(Task task) {
        if (task.stopped()) {
            reserved.remove(task.id());
        }
    }
}
