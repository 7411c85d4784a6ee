package io.deployflow.compare;

import java.time.Duration;

/** Is told how far a comparison is. */
public interface ComparisonListener {
    /** Nobody. */
    ComparisonListener NONE = new ComparisonListener() {};

    /** Something is done that is not measured. */
    default void prepares(String what) {}

    /** A run begins. */
    default void begins(String place, Scenario scenario, int number) {}

    /**
     * A run has ended.
     *
     * @param done how many runs are done
     * @param total how many there will be
     * @param left how long the others will take, by those that were made
     */
    default void ended(ComparisonReport.Run run, int done, int total, Duration left) {}
}
