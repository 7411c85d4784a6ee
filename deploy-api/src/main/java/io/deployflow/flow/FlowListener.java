package io.deployflow.flow;

/**
 * Is told what happens in a run, one event at a time, on the threads that run it: be quick. What it throws is logged
 * and does not touch the run. Listeners of a team's own join by {@link java.util.ServiceLoader} or
 * {@code Flow.Builder#listener}.
 */
@FunctionalInterface
public interface FlowListener {
    /** Called for every event. */
    void onEvent(FlowEvent event);
}
