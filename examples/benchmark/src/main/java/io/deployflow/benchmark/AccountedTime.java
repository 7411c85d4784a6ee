package io.deployflow.benchmark;

import io.deployflow.compare.ComparisonReport;
import io.deployflow.compare.ComparisonReport.Run;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether the phases of every run of a comparison add up to its time: what no phase has, nobody can look into.
 *
 * @param report of runs that really were
 */
record AccountedTime(ComparisonReport report) {
    private static final double MOST = 0.01;
    private static final int HUNDRED = 100;

    /** Whether no run has more than a hundredth of its time in no phase. */
    boolean isComplete() {
        return worst().map(Run::unaccountedShare).orElse(0.0) <= MOST;
    }

    /** The same in words. */
    String line() {
        return worst().map(this::line).orElse("No run was made, so no time is to be accounted for.");
    }

    private String line(Run worst) {
        return isComplete()
                ? "The phases of each of %d runs add up to its time, but for %s at most (%s may be)."
                        .formatted(report.runs().size(), percent(worst.unaccountedShare()), percent(MOST))
                : ("Time is not accounted for: %s of the %d ms of %s on %s, run %d, is in no phase, and %s may be."
                                + " 'Numbers' in the report say when each phase began: look for what goes on in between.")
                        .formatted(
                                percent(worst.unaccountedShare()),
                                worst.wall().toMillis(),
                                worst.scenario().title(),
                                worst.place(),
                                worst.number(),
                                percent(MOST));
    }

    private Optional<Run> worst() {
        return report.runs().stream().max(Comparator.comparing(Run::unaccountedShare));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", share * HUNDRED);
    }
}
