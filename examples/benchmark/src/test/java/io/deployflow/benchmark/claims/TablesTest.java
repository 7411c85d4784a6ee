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

    private void run(Roads.Scenario scenario, String road, double seconds, double exit, double serves) {
        run(scenario, road, 1, seconds, exit, serves);
    }

    private void run(Roads.Scenario scenario, String road, int number, double seconds, double exit, double serves) {
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
        run(Roads.Scenario.BROKEN, Roads.CONTAINERS, 9, 5, 1);
        run(Roads.Scenario.BROKEN, ByHand.NAME, 30, 0, 1);
        run(Roads.Scenario.BROKEN, CapistranoRoad.NAME, 4, 0, 0);

        assertThat(new RoadsTables(figures).sections().get(3).rows())
                .contains(
                        List.of(Roads.CONTAINERS, "failure", "the release before", "5", "9.0"),
                        List.of(ByHand.NAME, "success", "the release before", "0", "30"),
                        List.of(CapistranoRoad.NAME, "success", "the broken one", "0", "4.0"));
    }

    @Test
    void roads_sayWhereTheTimeGoes() {
        run(Roads.Scenario.TYPO, Roads.HOSTS, 3, 0, 1);

        assertThat(new RoadsTables(figures).sections().get(1).rows())
                .contains(List.of(Roads.HOSTS, "3.0", "1.0", "-", "-", "2.0"));
        run(Roads.Scenario.TYPO, Roads.HOSTS, 2, 3.5, 0, 1);
        assertThat(new RoadsTables(figures).sections().get(1).rows())
                .contains(List.of(Roads.HOSTS, "3.3 (3.0-3.5)", "1.0", "-", "-", "2.3"));
    }

    /** Whoever fails early would else look quick. */
    @Test
    void roads_whereRunsFailed_measureThoseThatArrivedAndSayHowManyDidNot() {
        run(Roads.Scenario.TYPO, CapistranoRoad.NAME, 1, 5, 0, 1);
        run(Roads.Scenario.TYPO, CapistranoRoad.NAME, 2, 0.5, 1, 0);
        run(Roads.Scenario.TYPO, CapistranoRoad.NAME, 3, 0.3, 0, 0);
        run(Roads.Scenario.TYPO, ByHand.NAME, 1, 9, 255, 0);
        run(Roads.Scenario.IMAGE, ByHand.NAME, 1, 70, 0, 1);
        run(Roads.Scenario.IMAGE, ByHand.NAME, 2, 7, 255, 0);
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
        run(Roads.Scenario.TYPO, Roads.HOSTS, 3, 0, 1);
        ClaimsPage page = new ClaimsPage(
                figures,
                new ClaimsPage.Facts("claims", "bin/benchmark full", "2026-01-01", "2 processors", "Java 17"),
                Size.QUICK);

        assertThat(page.text())
                .contains("Load average while it was measured: 1.5.")
                .contains("2 processors")
                .contains("![](claims-typo.svg)")
                .doesNotContain("claims-many.svg");
    }
}
