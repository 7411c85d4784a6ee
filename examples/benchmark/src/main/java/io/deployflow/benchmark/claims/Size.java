package io.deployflow.benchmark.claims;

import java.time.Duration;
import java.util.List;

/**
 * How much is measured. The first run of everything always is; it is repeated while the time for it lasts.
 *
 * @param runs how often a figure is taken, at most
 * @param lossyRuns how often, at most, where chance decides
 * @param units to how many units deploys are made
 * @param mostForCapistrano to how many hosts Capistrano itself deploys: more take minutes a run on two processors
 * @param minutes for all of it
 */
record Size(int runs, int lossyRuns, List<Integer> units, int mostForCapistrano, int minutes) {
    /** A first look: ends within 5 minutes on two processors. */
    static final Size QUICK = new Size(1, 3, List.of(1, 10), 10, 5);

    /** What the page quotes: ends within 40 minutes on two processors. */
    static final Size FULL = new Size(5, 12, List.of(1, 10, 50, 100, 200), 10, 40);

    private static final int SECONDS_A_MINUTE = 60;
    // The rest is for what is set up, and for a step that is under way when its time is over.
    private static final double SHARE = 0.3;

    /** Copies the list. */
    Size {
        units = List.copyOf(units);
    }

    /** The same with another time for all of it. */
    Size within(int otherMinutes) {
        return new Size(runs, lossyRuns, units, mostForCapistrano, otherMinutes);
    }

    /** Whether it is a first look: of what takes long, only what tells most. */
    boolean isQuick() {
        return runs == 1;
    }

    /** For how long the steps of one experiment may be repeated. */
    Duration budget() {
        return Duration.ofSeconds((long) (minutes * SECONDS_A_MINUTE * SHARE));
    }
}
