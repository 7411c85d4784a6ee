package io.deployflow.sandbox.scheduler;

import java.util.List;

/** {@code lifecycleStage} of a service deployment whose strategy shifts traffic, in its order. */
public enum Stage {
    /** What a deployment before it left half done is taken back. */
    RECONCILE_SERVICE,
    /** Nothing of the new revision runs. */
    PRE_SCALE_UP,
    /** The new revision's tasks start. */
    SCALE_UP,
    /** They are all healthy and get no traffic. */
    POST_SCALE_UP,
    /** Test traffic goes to them. */
    TEST_TRAFFIC_SHIFT,
    /** All test traffic goes to them. */
    POST_TEST_TRAFFIC_SHIFT,
    /** Production traffic goes to them, in one step or in several. */
    PRODUCTION_TRAFFIC_SHIFT,
    /** All production traffic goes to them. */
    POST_PRODUCTION_TRAFFIC_SHIFT,
    /** Both revisions run, so that the old one can take over again at once. */
    BAKE_TIME,
    /** The old revision's tasks stop. */
    CLEAN_UP;

    private static final List<Stage> ORDER = List.of(values());

    /** {@return the one after it; itself when it is the last} */
    Stage next() {
        return this == CLEAN_UP ? this : ORDER.get(ORDER.indexOf(this) + 1);
    }
}
