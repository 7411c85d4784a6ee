package io.deployflow.spi;

import java.util.Optional;

/**
 * The code that knows one type of target. Found by {@link java.util.ServiceLoader}; needs a public constructor without
 * arguments.
 *
 * @param <S> the record that the target's section of {@code deploy.yml} binds to; see {@link Setting}
 */
public interface DeployAdapter<S extends Record> {

    /** The word after {@code type:} in {@code deploy.yml}. */
    String type();

    /** The record that the target's section binds to. */
    Class<S> settings();

    /**
     * Whether a deploy can be told of which files the content is checked, by {@link DeployContext#check}; by default it
     * cannot, and is refused before {@link #open}.
     */
    default boolean checksContent() {
        return false;
    }

    /**
     * Does once, for nothing, what takes long the first time in a process, so that a deploy finds it done. Called on a
     * thread that nobody waits for, while the command line wires itself; touches nothing outside the process.
     */
    default void warmUp() {}

    /**
     * The settings of the same target without the last of its units, which a comparison adds again to see what that
     * costs; empty where the settings do not list the units, or there is one.
     */
    default Optional<S> withoutLastUnit(S settings) {
        return Optional.empty();
    }

    /**
     * The strategies for one target. Opening must not touch the network: clients and connections are made when first
     * used.
     *
     * @param context who deploys what to where; the same for all three strategies but for its phase
     */
    Pipeline<?, ?> open(S settings, DeployContext context);
}
