package io.deployflow.event;

/**
 * Is told what happens, in order, one event at a time, on the threads that deploy: be quick. What it throws is logged
 * and does not touch the deploy. Listeners of a team's own join by {@link java.util.ServiceLoader} or
 * {@code Deployer.Builder#listener}.
 */
@FunctionalInterface
public interface DeployListener {
    /** Called for every event. */
    void onEvent(DeployEvent event);
}
