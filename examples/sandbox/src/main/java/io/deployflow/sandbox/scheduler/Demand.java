package io.deployflow.sandbox.scheduler;

/**
 * What a task reserves.
 *
 * @param cpuUnits 1024 to a core
 * @param memoryMiB memory in MiB
 */
public record Demand(long cpuUnits, long memoryMiB) {

    /** Nothing. */
    public static final Demand NONE = new Demand(0, 0);

    Demand plus(Demand other) {
        return new Demand(cpuUnits + other.cpuUnits, memoryMiB + other.memoryMiB);
    }

    Demand minus(Demand other) {
        return new Demand(cpuUnits - other.cpuUnits, memoryMiB - other.memoryMiB);
    }
}
