package io.deployflow.benchmark.claims;

import java.util.List;

/**
 * How far runs of the same thing lie apart, as parts of their time: the standard deviation of its logarithm, over
 * everything that was run more than once.
 *
 * @param deviation 0.05 is about five percent
 * @param degrees how many runs there were beyond the first of each: what the deviation is known from
 */
record Noise(double deviation, int degrees) {
    /** Less than this is luck: two runs of a whole benchmark differ by more than what lies apart within one. */
    private static final double LEAST = 0.03;

    /** From fewer runs nobody can tell. */
    private static final int FEWEST = 3;

    /** Student's t for 99 of 100, by degrees of freedom from three. */
    private static final double[] STUDENT = {
        5.84, 4.60, 4.03, 3.71, 3.50, 3.36, 3.25, 3.17, 3.11, 3.05, 3.01, 2.98, 2.95, 2.92, 2.90, 2.88, 2.86, 2.85
    };

    private static final double STUDENT_OF_MANY = 2.8;

    /** Of three runs or more the median is no mean, and varies by up to so many times as much: never by more. */
    private static final double MEDIAN = Math.PI / 2;

    private static final int MEDIAN_IS_MEAN = 2;

    /** Of the times of several things. */
    static Noise of(List<List<Double>> times) {
        double squares = 0;
        int degrees = 0;
        for (List<Double> each : times) {
            double mean = each.stream().mapToDouble(Math::log).average().orElse(0);
            squares += each.stream()
                    .mapToDouble(time -> Math.pow(Math.log(time) - mean, 2))
                    .sum();
            degrees += Math.max(0, each.size() - 1);
        }
        return new Noise(Math.max(LEAST, degrees == 0 ? 0 : Math.sqrt(squares / degrees)), degrees);
    }

    boolean isKnown() {
        return degrees >= FEWEST;
    }

    /**
     * By what a ratio of medians may differ from the same ratio of another time, in 99 of 100 cases.
     *
     * @param runs of each median that takes part in one of the two ratios
     */
    double factor(int... runs) {
        double variance = 0;
        for (int each : runs) {
            variance += (each > MEDIAN_IS_MEAN ? MEDIAN : 1) / each;
        }
        double student = degrees - FEWEST < STUDENT.length ? STUDENT[degrees - FEWEST] : STUDENT_OF_MANY;
        return Math.exp(student * deviation * Math.sqrt(variance));
    }
}
