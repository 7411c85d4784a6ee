package io.deployflow.benchmark.claims;

import java.util.List;
import java.util.Locale;

/**
 * How many times as long one thing takes as another.
 *
 * @param name both, and what was done
 * @param longer the times of the one
 * @param shorter the times of the other
 * @param noise of the run that they were measured in
 */
record Ratio(String name, List<Double> longer, List<Double> shorter, Noise noise) {
    static final String AGREES = "yes";
    static final String DISAGREES = "NO";

    Ratio {
        longer = List.copyOf(longer);
        shorter = List.copyOf(shorter);
    }

    boolean isMeasured() {
        return !longer.isEmpty() && !shorter.isEmpty();
    }

    double value() {
        return new Spread(longer).median() / new Spread(shorter).median();
    }

    /** By what a rerun with as many runs may differ. */
    private double factor() {
        return noise.factor(longer.size(), shorter.size(), longer.size(), shorter.size());
    }

    /** Between what a rerun's ratio will lie; {@code -} where too little was repeated to tell. */
    String spread() {
        return noise.isKnown() ? number(value() / factor()) + "-" + number(value() * factor()) : "-";
    }

    /** How often each was run. */
    String runs() {
        return longer.size() + " and " + shorter.size();
    }

    /** Whether another time's ratio is what this one's spread allows; where there is no spread, nobody can tell. */
    String verdict(Ratio other) {
        if (!noise.isKnown()) {
            return "cannot tell";
        }
        double factor = noise.factor(longer.size(), shorter.size(), other.longer.size(), other.shorter.size());
        return Math.abs(Math.log(other.value() / value())) <= Math.log(factor) ? AGREES : DISAGREES;
    }

    @Override
    public String toString() {
        return number(value());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
    }
}
