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

    /** What is wrong, where a run has more than a hundredth of its time in no phase. */
    Optional<String> complaint() {
        return report.runs().stream()
                .max(Comparator.comparing(Run::unaccountedShare))
                .filter(worst -> worst.unaccountedShare() > MOST)
                .map(AccountedTime::complaint);
    }

    private static String complaint(Run worst) {
        return ("Time is not accounted for: %s of the %d ms of %s on %s, run %d, is in no phase, and %s may be."
                        + " 'Numbers' in the report say when each phase began: look for what goes on in between.")
                .formatted(
                        percent(worst.unaccountedShare()),
                        worst.wall().toMillis(),
                        worst.scenario().title(),
                        worst.place(),
                        worst.number(),
                        percent(MOST));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", share * HUNDRED);
    }
}
