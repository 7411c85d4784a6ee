package io.deployflow.internal.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.ConfigurationException;
import io.deployflow.compare.ComparisonReport;
import io.deployflow.compare.ComparisonReport.End;
import io.deployflow.compare.ComparisonReport.Row;
import io.deployflow.compare.ComparisonReport.Run;
import io.deployflow.compare.ComparisonReport.Visits;
import io.deployflow.compare.Conditions;
import io.deployflow.compare.Forecast;
import io.deployflow.compare.Scenario;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of a report: data, sentences, text and page. */
class ReportsTest {
    private static final ComparisonReport REPORT = Samples.small();

    @Test
    void json_whenReadAgain_isTheSameReport() {
        ComparisonReport read = ComparisonReport.ofJson(REPORT.toJson());

        assertThat(read.toJson()).isEqualTo(REPORT.toJson());
        assertThat(read.places()).isEqualTo(REPORT.places());
        assertThat(read.runs()).hasSameSizeAs(REPORT.runs());
        assertThat(read.runs().get(5).lanes()).isEqualTo(REPORT.runs().get(5).lanes());
    }

    @Test
    void json_whereNoHostCouldBeWorkedOn_isRefused() {
        String text = REPORT.toJson().replace("\"parallel\":25", "\"parallel\":0");

        assertThatThrownBy(() -> ComparisonReport.ofJson(text))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("not the data of a comparison");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"format\":\"deployflow-comparison\",\"version\":2}"})
    void json_whenItIsSomethingElse_isRefused(String text) {
        assertThatThrownBy(() -> ComparisonReport.ofJson(text))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("not the data of a comparison");
    }

    @Test
    void findings_ofAReport_sayFirstWhatMostPeopleAskAndHideNoFailure() {
        List<String> findings = REPORT.findings();

        assertThat(findings.get(0))
                .matches("For a one-word change, [0-9.]+ s on hosts; [0-9.]+ times as long on containers"
                        + " \\([0-9.]+ s\\)\\.");
        assertThat(findings)
                .anyMatch(text -> text.startsWith("Faster on containers: broken release ("))
                .contains("1 of 37 runs on hosts did not end as it should (one-word change).")
                .anyMatch(text -> text.matches(
                        "Client requests that failed: none of [0-9,]+ on containers and 3 of [0-9,]+ on hosts"
                                + " \\(one-word change\\)\\."));
    }

    @Test
    void findings_whenItWasCutShort_beginWithThat() {
        ComparisonReport cut = new ComparisonReport(
                "shop",
                REPORT.begun(),
                REPORT.took(),
                5,
                1,
                REPORT.environment(),
                REPORT.places(),
                REPORT.scenarios(),
                List.of(),
                List.of(),
                "it was cancelled");

        assertThat(cut.findings())
                .containsExactly(
                        "This comparison is not complete: it was cancelled.",
                        "No run was made.",
                        "No client was asking meanwhile, so nothing is known of failed requests.");
        assertThat(cut.isAsExpected()).isFalse();
        assertThat(cut.toHtml()).contains("the comparison ended before");
    }

    @Test
    void markdown_ofAReport_showsEveryRunAlsoThoseThatFailed() {
        String text = REPORT.toMarkdown();

        assertThat(text.lines().filter(line -> line.matches("\\| .*(deployed|restored).*\\|")))
                .hasSize(REPORT.runs().size());
        assertThat(text).contains("not restored, NOT AS IT SHOULD", "app2 could not be put back: &lt;connection lost>");
        assertThat(text).contains("at most 0.01 % of any run", "Of the targets it is said: the sandbox");
    }

    @Test
    void pages_whereARunsRowsDoNotAddUp_sayForItsScenarioWhichShareIsMissing() {
        Row row = new Row("rollout", Duration.ZERO, Duration.ofMillis(975), true, 0, 0);
        ComparisonReport report = ofRuns(
                List.of(Scenario.CHANGE, Scenario.ROLLBACK),
                List.of(
                        run(Scenario.CHANGE, 0, List.of(row)),
                        run(Scenario.CHANGE, 1, List.of(row, row)),
                        run(Scenario.ROLLBACK, 1, List.of(new Row("rollout", Duration.ZERO, seconds(1), true, 0, 0)))));

        // Where rows say more than there was, that is no better.
        assertThat(report.unaccountedShare(Scenario.CHANGE)).isEqualTo(0.95);
        assertThat(report.unaccountedShare(Scenario.ROLLBACK)).isZero();
        assertThat(report.unaccountedShare(Scenario.SCALE)).isZero();
        String words = "at most 95.0 % of any run's time is in no phase (one-word change 95.0 %, rollback 0.00 %).";
        assertThat(report.toMarkdown()).contains(words);
        assertThat(report.toHtml()).contains(Html.text(words));
        assertThat(report.toJson())
                .contains("\"must_fail\":false,\"unaccounted_share\":0.95}", "\"unaccounted_share\":0.0}");
    }

    private static Run run(Scenario scenario, int number, List<Row> rows) {
        return new Run(
                "hosts",
                scenario,
                number,
                REPORT.begun(),
                seconds(1),
                rows,
                List.of(),
                Visits.NONE,
                End.DEPLOYED,
                "",
                Duration.ZERO);
    }

    private static ComparisonReport ofRuns(List<Scenario> scenarios, List<Run> runs) {
        return new ComparisonReport(
                "shop",
                REPORT.begun(),
                REPORT.took(),
                1,
                0,
                REPORT.environment(),
                REPORT.places(),
                scenarios,
                List.of(),
                runs,
                "");
    }

    @Test
    void page_ofAReport_namesNoOtherPlaceAndTakesNoTextForMarkup() {
        String page = REPORT.toHtml();

        assertThat(page).doesNotContain("<connection lost>").contains("&lt;connection lost&gt;");
        assertThat(page.replaceAll("(?s)<script.*?</script>", "")).doesNotContainPattern("(src|href)=\"(?!#|data:)");
    }

    @Test
    void page_ofOtherConditions_showsWhatIsPredictedBesideWhatWasMeasuredAndItsLimits() {
        String page = REPORT.toHtml(Conditions.parse("units=50,rtt=50ms"));

        assertThat(page)
                .contains("<h2 id=\"elsewhere\">Somewhere else</h2>", "Predicted, not measured: 50 units")
                .containsPattern(
                        "<th scope=\"row\">one-word change</th><td>[0-9.]+ s <small>\\([0-9.]+ s\\)</small></td>")
                .contains(Forecast.limits().get(0));
        assertThat(REPORT.toHtml()).doesNotContain("Somewhere else");
        assertThat(REPORT.toMarkdown()).doesNotContain("Somewhere else");
    }

    @Test
    void page_whereNoRunEndedAsItShould_drawsTheLastOne() {
        Run failed = REPORT.runs().stream()
                .filter(run -> !run.isAsExpected())
                .findFirst()
                .orElseThrow();
        ComparisonReport only = ofRuns(List.of(failed.scenario()), List.of(failed));

        assertThat(only.toHtml())
                .contains("No run ended as it should; shown is run 3", "aria-label=\"hosts, one-word change, ")
                .doesNotContain("class=\"best\"");
        assertThat(only.findings()).contains("Each was done once: how far times differ by chance is not known.");
    }

    /** Of rollouts that replace a hundred tasks by a hundred others. */
    @Test
    void page_ofTheLargestReport_staysBelowThreeMegabytes() {
        ComparisonReport large = Samples.large();

        assertThat(large.runs("containers", Scenario.CHANGE))
                .hasSize(50)
                .allSatisfy(run -> assertThat(run.lanes()).hasSize(200));
        assertThat(large.toHtml().length()).isBetween(500_000, 3_000_000);
    }

    @Test
    void strip_ofRuns_isOneStopOfTheTabKeyWithAllMarksNamedFromTheShortestRunToTheLongest() {
        Cell cell = Cell.of(REPORT, REPORT.places().get(1), Scenario.CHANGE);

        String svg = Strip.of(cell, Axis.upTo(cell.longest()));

        assertThat(svg).startsWith("<svg class=\"strip\" role=\"group\" aria-label=\"4 runs from ");
        List<MatchResult> marks = Pattern.compile("<(circle|svg class=\"cross\")[^>]* role=\"img\" tabindex=\"(0|-1)\""
                        + " aria-label=\"([^\"]+)\" data-tip=\"([^\"]+)\"")
                .matcher(svg)
                .results()
                .toList();
        assertThat(marks).extracting(mark -> mark.group(2)).containsExactly("0", "-1", "-1", "-1", "-1", "-1");
        assertThat(marks).allSatisfy(mark -> assertThat(mark.group(3)).isEqualTo(mark.group(4)));
        assertThat(marks)
                .extracting(mark -> mark.group(3))
                .containsExactlyElementsOf(cell.all().stream()
                        .sorted(Comparator.comparing(Run::wall))
                        .map(run -> (run.isWarmUp() ? "warm-up" : "run " + run.number()) + ": "
                                + Words.time(run.wall())
                                + (run.isAsExpected() ? ", deployed" : ", not restored, NOT AS IT SHOULD"))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"0, 0 ms", "340, 340 ms", "1004, 1.00 s", "2240, 2.2 s", "34000, 34.0 s", "304000, 5 min 04 s"})
    void time_whenShown_hasTheDigitsThatMatter(long millis, String text) {
        assertThat(Words.time(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @Test
    void figures_ofSomeTimes_haveTheMiddleAndTheMiddleHalf() {
        Figures figures = Figures.of(List.of(seconds(5), seconds(1), seconds(2), seconds(4)))
                .orElseThrow();

        assertThat(figures.median()).isEqualTo(seconds(3));
        assertThat(figures.low()).isEqualTo(Duration.ofMillis(1750));
        assertThat(figures.high()).isEqualTo(Duration.ofMillis(4250));
        assertThat(figures.liesApartFrom(figures)).isFalse();
        assertThat(Figures.of(List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "4100, 5000", "6000, 6000", "61000, 80000", "3600000, 3600000"})
    void axis_whenItMustShowATime_endsAtAMarkThatIsNoEarlier(long longest, long atLeast) {
        Axis axis = Axis.upTo(Duration.ofMillis(longest));

        assertThat(axis.end().toMillis()).isGreaterThanOrEqualTo(longest).isLessThanOrEqualTo(Math.max(10, atLeast));
        assertThat(axis.marks()).hasSizeBetween(2, 7).last().isEqualTo(axis.end());
    }

    @Test
    void waterfall_ofARun_drawsEachRowWhereItIs() {
        String svg = Waterfall.of(
                REPORT.runs().get(0), Axis.upTo(REPORT.runs().get(0).wall()));

        assertThat(svg.split("class=\"seg ", -1))
                .hasSize(REPORT.runs().get(0).rows().size() + 1);
        assertThat(svg).contains("aria-label=\"containers, first deploy, ").contains("x=\"0.00%\"");
    }

    private static Duration seconds(long count) {
        return Duration.ofSeconds(count);
    }
}
