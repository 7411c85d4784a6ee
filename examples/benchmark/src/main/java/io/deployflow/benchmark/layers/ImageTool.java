package io.deployflow.benchmark.layers;

import io.deployflow.benchmark.Timed;

/** Something that makes an image of the source and brings it to the registry. */
interface ImageTool {
    /** What the tables call it. */
    String title();

    /** Whether it is measured in a scenario. */
    default boolean takesPart(Scenario scenario) {
        return true;
    }

    /** How often it has to run before it is as fast as it will be. */
    default int practice() {
        return 1;
    }

    /** Makes this machine one that has never built the application: no layer, no image, no base. */
    void forget();

    /** Builds and pushes what the source is now. */
    Timed buildAndPush(Scenario scenario);
}
