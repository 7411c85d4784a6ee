package io.deployflow.benchmark.claims;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * How much is measured. The first run of everything always is; it is repeated while the time for it lasts.
 *
 * @param isQuick whether it is a first look: of what takes long, only what tells most
 * @param runs how often a figure is taken, at most
 * @param lossyRuns how often connects are made, at most, of which some fail by chance
 * @param units to how many units deploys are made
 * @param percents how many of a hundred connects fail
 * @param mostForCapistrano to how many hosts Capistrano itself deploys: more take minutes a run on two processors
 * @param minutes for all of it
 */
record Size(
        boolean isQuick,
        int runs,
        int lossyRuns,
        List<Integer> units,
        List<Integer> percents,
        int mostForCapistrano,
        int minutes) {
    /** A first look: ends within 5 minutes on two processors that have its images. */
    static final Size QUICK = new Size(true, 2, 10, List.of(1, 10), List.of(0, 5), 10, 5);

    /** What the page quotes: ends within 40 minutes on two processors. */
    static final Size FULL = new Size(false, 5, 20, List.of(1, 10, 50, 200), List.of(0, 1, 5), 10, 40);

    private static final int SECONDS_A_MINUTE = 60;

    /** Copies the lists. */
    Size {
        units = List.copyOf(units);
        percents = List.copyOf(percents);
    }

    /** The same with another time for all of it. */
    Size within(int otherMinutes) {
        return new Size(isQuick, runs, lossyRuns, units, percents, mostForCapistrano, otherMinutes);
    }

    /** The same with deploys to other numbers of units. */
    Size to(List<Integer> otherUnits) {
        return new Size(isQuick, runs, lossyRuns, otherUnits, percents, mostForCapistrano, minutes);
    }

    int mostUnits() {
        return Collections.max(units);
    }

    /** A part of the time for all of it. */
    Duration share(double part) {
        return Duration.ofSeconds((long) (minutes * SECONDS_A_MINUTE * part));
    }
}
