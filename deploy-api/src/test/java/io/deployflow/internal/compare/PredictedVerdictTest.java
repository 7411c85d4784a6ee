package io.deployflow.internal.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.Lane;
import io.deployflow.compare.ComparisonReport;
import io.deployflow.compare.ComparisonReport.End;
import io.deployflow.compare.ComparisonReport.Environment;
import io.deployflow.compare.ComparisonReport.Place;
import io.deployflow.compare.ComparisonReport.Row;
import io.deployflow.compare.ComparisonReport.Run;
import io.deployflow.compare.ComparisonReport.Visits;
import io.deployflow.compare.Conditions;
import io.deployflow.compare.Forecast;
import io.deployflow.compare.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the pages say of many units and of a lost one: by what was measured, or nothing. */
class PredictedVerdictTest {
    private static final Instant BEGUN = Instant.EPOCH;
    private static final Duration ROLLOUT = Duration.ofSeconds(6);
    private static final Duration PUSH = Duration.ofSeconds(2);

    private final List<Run> runs = new ArrayList<>();

    private void run(String place, Scenario scenario, Row... rows) {
        String group = place.equals("containers") ? "puma" : "";
        Duration wall = rows[rows.length - 1].start().plus(rows[rows.length - 1].took());
        List<Lane> lanes = List.of("1", "2").stream()
                .map(unit -> new Lane(
                        unit,
                        group,
                        "r",
                        false,
                        List.of(new Lane.Span("stage", BEGUN, Duration.ofSeconds(1), Lane.End.DONE))))
                .toList();
        runs.add(new Run(
                place, scenario, 1, BEGUN, wall, List.of(rows), lanes, Visits.NONE, End.DEPLOYED, "", Duration.ZERO));
    }

    private static Row row(String name, Duration start, Duration took) {
        return new Row(name, start, took, true, 1000, 4);
    }

    private ComparisonReport report() {
        return new ComparisonReport(
                "shop",
                BEGUN,
                ROLLOUT,
                1,
                0,
                new Environment("", "", "", ""),
                List.of(new Place("containers", "ecs", 2, "", List.of()), new Place("hosts", "ssh", 2, "", List.of())),
                List.of(Scenario.CHANGE, Scenario.SCALE),
                List.of(),
                runs,
                "");
    }

    private ComparisonReport changed() {
        run("containers", Scenario.CHANGE, row("rollout", Duration.ZERO, ROLLOUT));
        run("hosts", Scenario.CHANGE, row("push", Duration.ZERO, PUSH));
        return report();
    }

    private static String verdict(ComparisonReport report, String conditions) {
        Conditions there = Conditions.parse(conditions);
        return PredictedVerdict.of(report, there, Forecast.of(report, there)).orElse("");
    }

    @Test
    void verdict_ofMoreUnits_comparesWhatIsPredicted() {
        ComparisonReport report = changed();

        // A second for each 25 hosts beyond the first: the tasks are replaced all at once.
        assertThat(verdict(report, "units=200"))
                .isEqualTo("For a one-word change with 200 units, the same bandwidth, the same round trip,"
                        + " the same delays of ECS: 6.0 s on containers; 1.5 times as long on hosts (9.0 s)."
                        + " The longest part is rollout on containers (6.0 s) and push on hosts (9.0 s).");
        assertThat(verdict(report, "units=50")).contains("3.0 s on hosts; 2.0 times as long on containers (6.0 s)");
    }

    @Test
    void verdict_whereTheDifferenceIsWithinWhatPredictionsErrBy_isNone() {
        assertThat(verdict(changed(), "units=125")).contains("about as long on");
    }

    @Test
    void verdict_whereOneTargetWasNotMeasured_isLeftOut() {
        run("hosts", Scenario.CHANGE, row("push", Duration.ZERO, PUSH));

        assertThat(verdict(report(), "units=50")).isEmpty();
    }

    @Test
    void pages_ofOtherConditions_beginWithIt() {
        ComparisonReport report = changed();
        Conditions there = Conditions.parse("units=50");

        assertThat(report.toHtml(there)).contains("3.0 s on hosts; 2.0 times as long on containers (6.0 s)");
        assertThat(report.toMarkdown(there)).contains("3.0 s on hosts; 2.0 times as long on containers (6.0 s)");
        assertThat(report.toMarkdown()).doesNotContain("times as long on containers (6.0 s). The longest part");
    }

    @Test
    void findings_ofALostUnit_areWhatOneMoreTook() {
        run("containers", Scenario.SCALE, row("scale", Duration.ZERO, Duration.ofMillis(3200)));
        run("hosts", Scenario.SCALE, row("push", Duration.ZERO, PUSH));

        assertThat(report().findings())
                .contains(
                        "For a lost unit, one more serves after 3.2 s on containers, where ECS starts another by itself;"
                                + " after 2.0 s on hosts, once there is another host with its system and packages.");
    }

    @Test
    void findings_whereNoUnitWasAdded_sayNothingOfALostOne() {
        assertThat(changed().findings()).noneMatch(finding -> finding.contains("lost unit"));
    }
}
