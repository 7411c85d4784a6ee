package io.deployflow.benchmark.claims;

import java.util.List;
import java.util.Locale;

/**
 * The middle of several runs, and how far they lie apart.
 *
 * @param values of all runs
 */
record Spread(List<Double> values) {
    private static final double PRECISE_BELOW = 10;

    Spread {
        values = values.stream().sorted().toList();
    }

    /** The median; not a number where there is no run. */
    double median() {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        int half = values.size() / 2;
        return values.size() % 2 == 1 ? values.get(half) : (values.get(half - 1) + values.get(half)) / 2;
    }

    /** {@code 2.6 (2.5-2.9)}; of one run only that; {@code -} of none. */
    @Override
    public String toString() {
        if (values.isEmpty()) {
            return "-";
        }
        return number(median()) + range();
    }

    /** {@code (2.5-2.9)}, with a blank before; empty of one run. */
    String range() {
        return values.size() < 2
                ? ""
                : " (%s-%s)".formatted(number(values.get(0)), number(values.get(values.size() - 1)));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < PRECISE_BELOW ? "%.1f" : "%.0f", value);
    }
}
