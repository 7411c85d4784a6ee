package io.deployflow.benchmark.ssh;

import io.deployflow.benchmark.Timed;

/** Something that deploys the source's head to hosts. Each has a directory of its own on them. */
interface Tool {

    /** What the tables call it. */
    String name();

    /** Its directory on every host, with {@code current} in it. */
    String deployTo();

    /**
     * Deploys what the source is now.
     *
     * @param keep how many releases stay
     */
    Timed deploy(Hosts hosts, int keep);

    /** Goes back to the release before. */
    Timed rollback(Hosts hosts);

    /** Whether it has a way of its own to do this. */
    boolean does(Scenario scenario);

    /**
     * Whether a deploy that fails is noted and done again: with our own tool that is a fault that ends the benchmark.
     */
    default boolean mayFail() {
        return true;
    }

    /**
     * Which of two releases a rollback goes back to.
     *
     * @param live what was live before what is undone now
     * @param last what was deployed last before it, and may have been undone itself
     */
    default String before(String live, String last) {
        return live;
    }
}
