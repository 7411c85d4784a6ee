package io.deployflow.benchmark.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.deployflow.benchmark.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RatiosTest {
    private static final List<Double> CONTAINERS = List.of(9.0, 9.5, 8.6);
    private static final List<Double> HOSTS = List.of(3.0, 3.1, 2.9);

    @TempDir
    private Path folder;

    private Figures typo(String name, List<Double> containers, List<Double> hosts) {
        Figures figures = Figures.resume(folder.resolve(name), "a test");
        add(figures, Roads.CONTAINERS, containers);
        add(figures, Roads.HOSTS, hosts);
        return figures;
    }

    private static void add(Figures figures, String road, List<Double> seconds) {
        for (int run = 1; run <= seconds.size(); run++) {
            figures.add(
                    Roads.PART,
                    Roads.step(Scenario.TYPO, road, run),
                    Map.of(Roads.SECONDS, seconds.get(run - 1), Roads.EXIT, 0.0, Roads.SERVES, 1.0));
        }
    }

    @Test
    void noise_isHowFarRunsOfTheSameThingLieApart() {
        Noise noise = Noise.of(List.of(List.of(1.0, 1.1), List.of(10.0, 11.0), List.of(7.0), List.of(3.0, 3.3)));

        assertThat(noise.degrees()).isEqualTo(3);
        assertThat(noise.deviation()).isCloseTo(Math.log(1.1) / Math.sqrt(2), within(1e-9));
        // Each of the four medians is of two runs: together twice a run's variance.
        assertThat(noise.factor(2, 2, 2, 2)).isCloseTo(Math.exp(5.84 * Math.log(1.1)), within(1e-9));
    }

    /** By drawing: how far the median of some runs of one thing lies from that of as many others. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 9})
    void factor_ofManyRunsOfTheSameThing_holds99Of100(int runs) {
        double deviation = 0.1;
        double factor = new Noise(deviation, 1000).factor(runs, runs, runs, runs);
        Random random = new Random(11);
        int within = 0;
        for (int draw = 0; draw < 20_000; draw++) {
            double apart = 0;
            for (int sign : new int[] {1, -1, -1, 1}) {
                apart += sign * Math.log(median(random, runs, deviation));
            }
            within += Math.abs(apart) <= Math.log(factor) ? 1 : 0;
        }

        assertThat(within / 20_000.0).isGreaterThan(0.99);
    }

    private static double median(Random random, int runs, double deviation) {
        return new Spread(Stream.generate(random::nextGaussian)
                        .limit(runs)
                        .map(apart -> Math.exp(apart * deviation))
                        .toList())
                .median();
    }

    @Test
    void section_tellsEachRatioWithWhatARerunFinds() {
        Section section = new Ratios(typo("one", CONTAINERS, HOSTS), Size.QUICK).section();

        assertThat(section.text()).contains("lie apart by 4 %");
        assertThat(section.rows())
                .containsExactly(
                        List.of("", "times as long", "a rerun's", "runs"),
                        List.of("one-word change: containers / SSH", "3.00", "2.26-3.98", "3 and 3"));
    }

    @Test
    void section_whereNothingWasRepeated_promisesNothing() {
        Section section = new Ratios(typo("one", List.of(9.0), List.of(3.0)), Size.QUICK).section();

        assertThat(section.text()).contains("too little was repeated");
        assertThat(section.rows()).contains(List.of("one-word change: containers / SSH", "3.00", "-", "1 and 1"));
    }

    @Test
    void against_tellsWhichRatiosAgree() {
        Ratios kept = new Ratios(typo("kept", CONTAINERS, HOSTS), Size.QUICK);
        // Another machine, half as fast: the times are others, the ratio is the same.
        Ratios slower = new Ratios(typo("slower", List.of(18.0, 18.4), List.of(6.1, 6.0)), Size.QUICK);
        Ratios other = new Ratios(typo("other", List.of(9.0, 9.0), List.of(4.5, 4.5)), Size.QUICK);

        assertThat(slower.agreeWith(kept)).isTrue();
        assertThat(other.agreeWith(kept)).isFalse();
        assertThat(other.against(kept))
                .contains(List.of("one-word change: containers / SSH", "2.00", "3.00", "2.26-3.98", "NO"));
    }

    @Test
    void against_tellsWhatOneOfThemHasNot() {
        Ratios kept = new Ratios(typo("kept", CONTAINERS, HOSTS), Size.QUICK);
        Figures more = typo("more", CONTAINERS, HOSTS);
        add(more, Roads.LAYERS, List.of(8.0, 8.1));
        Figures fewer = Figures.resume(folder.resolve("fewer"), "a test");
        add(fewer, Roads.LAYERS, List.of(8.0, 8.1));
        add(fewer, Roads.HOSTS, HOSTS);

        assertThat(new Ratios(more, Size.QUICK).against(kept))
                .contains(
                        List.of("one-word change: containers of layers / SSH", "2.68", "-", "-", "not measured then"));
        assertThat(new Ratios(more, Size.QUICK).agreeWith(kept)).isTrue();
        assertThat(new Ratios(fewer, Size.QUICK).against(kept))
                .contains(List.of("one-word change: containers / SSH", "-", "3.00", "2.26-3.98", "not measured now"));
        // Nothing that both have: that is no agreement.
        assertThat(new Ratios(fewer, Size.QUICK).agreeWith(kept)).isFalse();
    }

    @Test
    void against_whereTheKeptRunRepeatedTooLittle_cannotTell() {
        Ratios kept = new Ratios(typo("kept", List.of(9.0), List.of(3.0)), Size.QUICK);
        Ratios now = new Ratios(typo("now", CONTAINERS, HOSTS), Size.QUICK);

        assertThat(now.against(kept))
                .contains(List.of("one-word change: containers / SSH", "3.00", "3.00", "-", "cannot tell"));
        assertThat(now.agreeWith(kept)).isFalse();
    }

    /** The least that a first look always repeats: deploys to few hosts, which take seconds. */
    @Test
    void firstLook_withoutTimeForMore_stillHasAnInterval() {
        Figures figures = typo("one", List.of(9.0), List.of(3.0));
        for (int units : Size.QUICK.units()) {
            for (String way : Ways.NAMES) {
                Case one = new Case(way, units, 0);
                for (int run = 1; run <= Ways.runs(one, Size.QUICK); run++) {
                    Trial trial = new Trial(true, Duration.ofMillis(2000 + 100L * run), units, units);
                    figures.add(ManyUnits.PART, one.step(run), trial.measures());
                }
            }
        }

        assertThat(new Ratios(figures, Size.QUICK).all())
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(ratio -> assertThat(ratio.spread()).matches("[0-9.]+-[0-9.]+"));
    }

    @Test
    void figures_areReadFromWhatAPageKeeps() throws IOException {
        Path file = folder.resolve("quick.csv");
        Figures figures = typo("one", CONTAINERS, HOSTS);
        Files.writeString(file, figures.csv());

        assertThat(new Ratios(Figures.read(file), Size.QUICK).all()).hasSize(1);
    }

    @Test
    void figures_ofAFileThatHasNone_sayWhatTheyMiss() throws IOException {
        Path page = Files.writeString(folder.resolve("quick.md"), "# Containers against SSH\n");

        assertThatThrownBy(() -> Figures.read(page))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("quick.md has no figures of a benchmark");
    }
}
