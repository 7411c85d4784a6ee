package io.deployflow;

import java.util.Locale;

/** What can be done to a target between deploys. */
public enum Operation {
    /** Locking it by hand: nobody deploys until it is unlocked. */
    LOCK,
    /** Removing a lock. */
    UNLOCK,
    /** Putting a maintenance page up, or taking it down. */
    MAINTENANCE,
    /** Running a command on its units. */
    EXEC,
    /** Removing old releases. */
    PRUNE,
    /** Running a command once, beside what serves. */
    RUN,
    /** Changing how many units there are. */
    SCALE,
    /** Showing what units wrote. */
    LOGS,
    /** Building, without rolling anything out. */
    BUILD;

    /** The word that people see: lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
