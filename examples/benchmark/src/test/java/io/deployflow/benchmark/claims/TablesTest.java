package io.deployflow.benchmark.claims;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.benchmark.Figures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablesTest {
    @TempDir
    private Path folder;

    private Figures figures;

    @BeforeEach
    void begin() {
        figures = Figures.resume(folder.resolve("figures.csv"), "a test");
    }

    private void trial(Case one, int run, boolean succeeded, int updated) {
        Trial trial = new Trial(succeeded, Duration.ofMillis(1000L + run), one.units(), updated);
        figures.add(ManyUnits.PART, one.step(run), trial.measures());
    }

    private void run(Scenario scenario, String road, double seconds, double exit, double serves) {
        run(scenario, road, 1, seconds, exit, serves);
    }

    private void run(Scenario scenario, String road, int number, double seconds, double exit, double serves) {
        figures.add(
                Roads.PART,
                Roads.step(scenario, road, number),
                Map.of(Roads.SECONDS, seconds, Roads.EXIT, exit, Roads.SERVES, serves, "build", 1.0));
    }

    @Test
    void manyUnits_tellHowManySucceedAndWhatFailuresLeave() {
        Case capistrano = new Case(Ways.CAPISTRANO, 10, 5);
        trial(capistrano, 1, true, 10);
        trial(capistrano, 2, false, 9);
        trial(capistrano, 3, false, 0);
        trial(new Case(Ways.OURS, 10, 5), 1, true, 10);
        Case model = new Case(Ways.MODEL, 10, 5);
        trial(model, 1, true, 10);
        // What is repeated in a deploy's place counts like one, and tells no time.
        figures.add(ManyUnits.REPEATS, model.step(1), Map.of(Trial.SUCCEEDED, 0.0));

        List<Section> sections = new ManyUnitsTables(figures, Size.QUICK.to(List.of(10))).sections();

        assertThat(sections.get(0).rows())
                .contains(List.of(
                        "5 %", "10", "60 %", "1 of 3 (6-79 %)", "1 of 2 (9-91 %)", "-", "1 of 1 (21-100 %)", "-"));
        assertThat(sections.get(1).rows()).contains(List.of("5 %", "10", "1.0", "1.0", "-", "1.0", "-"));
        assertThat(sections.get(2).rows()).contains(List.of("5 %", "10", "1 of 2", "-", "-", "-", "-"));
        assertThat(new ManyUnitsTables(figures, Size.QUICK.to(List.of(10)))
                        .chart(5)
                        .svg())
                .contains("<title>Capistrano 3.17, 10 units: 33 %</title>")
                .contains("<title>deployflow, 10 units: 100 %</title>");
    }

    @Test
    void manyUnits_whereNothingWasMeasured_areNoSections() {
        assertThat(new ManyUnitsTables(figures, Size.QUICK).sections()).noneMatch(Section::isMeasured);
        assertThat(new RoadsTables(figures).sections()).noneMatch(Section::isMeasured);
        assertThat(new SmallTables(figures).sections()).noneMatch(Section::isMeasured);
    }

    @Test
    void roads_showAPeersFailure() {
        run(Scenario.BROKEN, Roads.CONTAINERS, 9, 5, 1);
        run(Scenario.BROKEN, ByHand.NAME, 30, 0, 1);
        run(Scenario.BROKEN, CapistranoRoad.NAME, 4, 0, 0);

        assertThat(new RoadsTables(figures).sections().get(3).rows())
                .contains(
                        List.of(Roads.CONTAINERS, "failure", "the release before", "5", "9.0"),
                        List.of(ByHand.NAME, "success", "the release before", "0", "30"),
                        List.of(CapistranoRoad.NAME, "success", "the broken one", "0", "4.0"));
    }

    /** A peer that leaves nothing is not said to serve its broken release. */
    @Test
    void roads_whereNothingServes_saySo() {
        run(Scenario.BROKEN, CapistranoRoad.NAME, 4, 1, Served.NOTHING.figure());
        run(Scenario.TYPO, CapistranoRoad.NAME, 5, 0, Served.NOTHING.figure());
        List<Section> sections = new RoadsTables(figures).sections();

        assertThat(sections.get(3).rows())
                .contains(List.of(CapistranoRoad.NAME, "failure", "nothing, or an error", "1", "4.0"));
        assertThat(sections.get(0).rows()).contains(List.of(CapistranoRoad.NAME, "-", "-; 1 of 1 failed", "-"));
    }

    @Test
    void roads_sayWhereTheTimeGoes() {
        run(Scenario.TYPO, Roads.HOSTS, 3, 0, 1);

        assertThat(new RoadsTables(figures).sections().get(1).rows())
                .contains(List.of(Roads.HOSTS, "3.0", "1.0", "-", "-", "2.0"));
        run(Scenario.TYPO, Roads.HOSTS, 2, 3.5, 0, 1);
        assertThat(new RoadsTables(figures).sections().get(1).rows())
                .contains(List.of(Roads.HOSTS, "3.0 (3.0-3.5)", "1.0", "-", "-", "2.0"));
    }

    /** The medians of two phases of different runs can be more than any run took. */
    @Test
    void roads_whereThePhasesOfRunsDiffer_tellThoseOfTheRunInTheMiddle() {
        phases(1, 10, 8, 1);
        phases(2, 11, 1, 9);
        phases(3, 12, 8, 9);

        assertThat(new RoadsTables(figures).sections().get(1).rows())
                .contains(List.of(Roads.CONTAINERS, "11.0 (10-12)", "1.0", "-", "9.0", "1.0"));
    }

    private void phases(int run, double seconds, double build, double rollout) {
        figures.add(
                Roads.PART,
                Roads.step(Scenario.TYPO, Roads.CONTAINERS, run),
                Map.of(
                        Roads.SECONDS,
                        seconds,
                        Roads.EXIT,
                        0.0,
                        Roads.SERVES,
                        Served.WHAT_IT_MUST.figure(),
                        "build",
                        build,
                        "rollout",
                        rollout));
    }

    /** Whoever fails early would else look quick. */
    @Test
    void roads_whereRunsFailed_measureThoseThatArrivedAndSayHowManyDidNot() {
        run(Scenario.TYPO, CapistranoRoad.NAME, 1, 5, 0, 1);
        run(Scenario.TYPO, CapistranoRoad.NAME, 2, 0.5, 1, 0);
        run(Scenario.TYPO, CapistranoRoad.NAME, 3, 0.3, 0, 0);
        run(Scenario.TYPO, ByHand.NAME, 1, 9, 255, 0);
        run(Scenario.IMAGE, ByHand.NAME, 1, 70, 0, 1);
        run(Scenario.IMAGE, ByHand.NAME, 2, 7, 255, 0);
        RoadsTables tables = new RoadsTables(figures);

        assertThat(tables.sections().get(0).rows())
                .contains(
                        List.of(ByHand.NAME, "70; 1 of 2 failed", "-; 1 of 1 failed", "-"),
                        List.of(CapistranoRoad.NAME, "-", "5.0; 2 of 3 failed", "-"));
        assertThat(tables.sections().get(1).rows())
                .contains(
                        List.of(ByHand.NAME, "-; 1 of 1 failed", "-", "-", "-", "-"),
                        List.of(CapistranoRoad.NAME, "5.0; 2 of 3 failed", "1.0", "-", "-", "4.0"));
        assertThat(tables.sections().get(2).rows())
                .contains(List.of(ByHand.NAME, "70.0; 1 of 2 failed", "1.0", "-", "-", "69.0"));
        assertThat(tables.chart().svg())
                .contains(CapistranoRoad.NAME + " (2 of 3 failed)</text>", ">5.00 s</text>")
                .contains(ByHand.NAME + " (1 of 1 failed)</text>", ">-</text>")
                .doesNotContain("NaN");
    }

    @Test
    void small_tellOneUnitMoreAndAnotherRuby() {
        figures.add(OneMore.PART, OneMore.step(OneMore.BARE, 1), Map.of(OneMore.SYSTEM, 20.0, OneMore.RELEASE, 2.5));
        figures.add(
                NewRuby.PART,
                NewRuby.step(Roads.HOSTS, NewRuby.BACK),
                Map.of(
                        NewRuby.SECONDS,
                        12.0,
                        NewRuby.SUCCEEDED,
                        0.0,
                        NewRuby.VERSION,
                        3.3,
                        NewRuby.FAILED,
                        7.0,
                        NewRuby.REQUESTS,
                        1200.0));

        List<Section> sections = new SmallTables(figures).sections();

        assertThat(sections.get(0).rows()).contains(List.of(OneMore.BARE, "20", "2.5", "23"));
        assertThat(sections.get(1).rows().get(1)).contains("12, failed", "3.3", "7 of 1,200");
    }

    @Test
    void spread_tellsTheMedianAndHowFarRunsLieApart() {
        assertThat(new Spread(List.of(3.0, 2.0, 2.5))).hasToString("2.5 (2.0-3.0)");
        assertThat(new Spread(List.of(31.2))).hasToString("31");
        assertThat(new Spread(List.of())).hasToString("-");
    }

    @Test
    void page_tellsWhereItWasMeasuredAndHowBusyThatWas() {
        figures.add(Roads.PART, "any", Map.of(Study.LOAD, 1.5));
        run(Scenario.TYPO, Roads.HOSTS, 3, 0, 1);
        ClaimsPage page = page(Duration.ofSeconds(290));

        assertThat(page.text())
                .contains("ended on 2026-01-01. It took 4.8 minutes of the 5 that it may take. Measured on")
                .contains("Load average while it was measured: 1.5.")
                .contains("2 processors")
                .contains("![](claims-typo.svg)")
                .doesNotContain("claims-many.svg");
    }

    @Test
    void page_ofARunThatTookLongerThanItMay_saysSoLoudly() {
        assertThat(page(Duration.ofMinutes(5)).time()).isEqualTo("It took 5.0 minutes of the 5 that it may take.");
        assertThat(page(Duration.ofSeconds(306)).time())
                .isEqualTo("It took 5.1 minutes: **LONGER THAN THE 5 MINUTES THAT IT MAY TAKE.**");
    }

    private ClaimsPage page(Duration took) {
        return new ClaimsPage(
                figures,
                new ClaimsPage.Facts("claims", "bin/benchmark full", "2026-01-01", took, "2 processors", "Java 17"),
                Size.QUICK);
    }
}
