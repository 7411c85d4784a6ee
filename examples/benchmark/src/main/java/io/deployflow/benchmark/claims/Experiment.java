package io.deployflow.benchmark.claims;

import java.io.IOException;

/** What stands behind one or several claims. Its steps are planned first, so that what is left can be told. */
interface Experiment {

    /** What the option {@code --only} calls it. */
    String name();

    /** Tells what it will do that has not been measured yet. */
    void plan();

    /**
     * Measures that, and notes each step as soon as it is done.
     *
     * @throws IOException if something cannot be set up; what a measured tool does wrong is a figure
     */
    void run() throws IOException;
}
