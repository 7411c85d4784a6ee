package io.deployflow.internal.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.compare.ComparisonReport;
import io.deployflow.compare.ComparisonReport.End;
import io.deployflow.compare.ComparisonReport.Environment;
import io.deployflow.compare.ComparisonReport.Place;
import io.deployflow.compare.ComparisonReport.Run;
import io.deployflow.compare.ComparisonReport.Visits;
import io.deployflow.compare.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of more than two targets. */
class FindingsTest {
    private static final List<Scenario> SCENARIOS = List.of(Scenario.CHANGE, Scenario.ROLLBACK);
    private final List<Run> runs = new ArrayList<>();

    private void rollback(String place, long... millis) {
        run(place, Scenario.CHANGE, 1000);
        for (long each : millis) {
            run(place, Scenario.ROLLBACK, each);
        }
    }

    private void run(String place, Scenario scenario, long millis) {
        runs.add(new Run(
                place,
                scenario,
                1,
                Instant.EPOCH,
                Duration.ofMillis(millis),
                List.of(),
                List.of(),
                Visits.NONE,
                End.DEPLOYED,
                "",
                Duration.ZERO));
    }

    private ComparisonReport report() {
        return new ComparisonReport(
                "shop",
                Instant.EPOCH,
                Duration.ofMinutes(1),
                2,
                0,
                new Environment("", "", "", ""),
                List.of("a", "b", "c").stream()
                        .map(name -> new Place(name, "ssh", 2, "", List.of()))
                        .toList(),
                SCENARIOS,
                List.of(),
                runs,
                "");
    }

    @Test
    void findings_whereTheFastestTwoOfThreeAreClose_saySoOfThemAlone() {
        rollback("a", 1000, 1100);
        rollback("b", 1050, 1150);
        rollback("c", 3000, 3400);

        assertThat(report().findings())
                .contains("To go back to the release before, 1.05 s on a; about as long on b (1.10 s),"
                        + " 3.0 times as long on c (3.2 s).")
                .noneMatch(text -> text.startsWith("No difference") || text.startsWith("Faster on"));
        assertThat(report().toHtml()).doesNotContain("class=\"best\"");
    }

    @Test
    void findings_whereTheFastestOfThreeIsCloseToTheLast_doNotCallItTheFastest() {
        rollback("a", 1000, 1100);
        rollback("b", 1200, 1300);
        rollback("c", 1000, 1000, 1600, 1700);

        assertThat(report().findings())
                .contains("To go back to the release before, 1.05 s on a; 1.2 times as long on b (1.25 s),"
                        + " about as long on c (1.30 s).");
        assertThat(report().toHtml()).doesNotContain("class=\"best\"");
    }

    @Test
    void findings_whereTheFastestOfThreeIsApartFromBoth_nameBoth() {
        rollback("a", 1000, 1100);
        rollback("b", 2000, 2200);
        rollback("c", 3000, 3400);

        assertThat(report().findings()).contains("Faster on a: rollback (1.05 s; b 2.1 s, c 3.2 s).");
        assertThat(report().toHtml()).containsOnlyOnce("class=\"best\"");
    }

    @Test
    void findings_whereAllOfThreeAreClose_saySo() {
        rollback("a", 1000, 1100);
        rollback("b", 1050, 1150);
        rollback("c", 1020, 1120);

        assertThat(report().findings())
                .contains("No difference that is larger than that between runs: rollback.")
                .noneMatch(text -> text.startsWith("Faster on"));
    }
}
