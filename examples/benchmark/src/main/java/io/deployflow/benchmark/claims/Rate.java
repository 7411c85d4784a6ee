package io.deployflow.benchmark.claims;

import java.util.Locale;

/**
 * How often something succeeded.
 *
 * @param succeeded so often
 * @param tried of so many
 */
record Rate(int succeeded, int tried) {
    /** The normal distribution's, for 95 of 100. */
    private static final double Z = 1.96;

    private static final int PERCENT = 100;

    /** The least chance with which so many successes are none of the rarer five in a hundred (Wilson's interval). */
    double least() {
        return Math.max(0, middle() - half());
    }

    /** The most, likewise. */
    double most() {
        return Math.min(1, middle() + half());
    }

    private double middle() {
        return (share() + Z * Z / (2 * tried)) / (1 + Z * Z / tried);
    }

    private double half() {
        return Z / (1 + Z * Z / tried) * Math.sqrt(share() * (1 - share()) / tried + Z * Z / (4.0 * tried * tried));
    }

    /** From 0 to 1. */
    double share() {
        return (double) succeeded / tried;
    }

    /** {@code 20 of 21 (77-99 %)}; {@code -} where nothing was tried. */
    @Override
    public String toString() {
        return tried == 0
                ? "-"
                : String.format(
                        Locale.ROOT, "%d of %d (%.0f-%.0f %%)", succeeded, tried, least() * PERCENT, most() * PERCENT);
    }
}
