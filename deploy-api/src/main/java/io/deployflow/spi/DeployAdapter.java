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
     * Begins with what everything at a target needs first, such as to connect. The command line calls it while it reads
     * its words; {@link #open} with this very settings object goes on with what has begun, and closing what that opens
     * ends it: whoever prepares opens, and soon. Returns at once, changes nothing at the target, and throws nothing:
     * what goes wrong is told where it is needed.
     */
    default void prepare(S settings) {}

    /**
     * Begins with what a build for a target needs first, such as to ask a registry, by the rules of {@link #prepare};
     * for a deploy and for its plan, both are called. What was answered is not asked again.
     */
    default void prepareBuild(S settings) {}

    /**
     * The settings of the same target without the last of its units, which a comparison adds again to see what that
     * costs; empty where the settings do not list the units, or there is one.
     */
    default Optional<S> withoutLastUnit(S settings) {
        return Optional.empty();
    }

    /**
     * How many of a target's units are worked on at a time, where there are more; empty where that is not for the
     * settings to say. A comparison predicts by it what other numbers of units take.
     */
    default Optional<Integer> parallel(S settings) {
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
