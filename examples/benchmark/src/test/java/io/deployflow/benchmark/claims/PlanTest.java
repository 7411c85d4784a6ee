package io.deployflow.benchmark.claims;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.benchmark.Figures;
import io.deployflow.benchmark.Progress;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is to be measured, by what each step takes on two processors: it must fit into its minutes. */
class PlanTest {
    @TempDir
    private Path folder;

    private Study study(Size size, Instant begun) {
        return new Study(
                folder,
                folder,
                Figures.resume(folder.resolve("figures.csv"), "a test"),
                new Progress(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8)),
                size,
                Clock.systemUTC(),
                begun);
    }

    private Duration planned(Size size, List<String> names) {
        Study study = study(size, Instant.EPOCH);
        Supplier<Bed> none = () -> {
            throw new IllegalStateException("a plan starts nothing");
        };
        List.of(new Roads(study, none), new OneMore(study, none), new NewRuby(study, none), new ManyUnits(study))
                .stream()
                .filter(one -> names.contains(one.name()))
                .forEach(Experiment::plan);
        return study.progress().left();
    }

    @Test
    void aFirstLook_fitsItsMinutes() {
        Size once = new Size(true, 1, 1, Size.QUICK.units(), Size.QUICK.percents(), 10, 5);

        assertThat(planned(once, List.of("roads", "many"))).isLessThan(Duration.ofMinutes(5));
    }

    @Test
    void aFirstLook_repeatsAChangeWhichTellsHowFarRunsLieApart() {
        Size once = new Size(true, 1, 1, Size.QUICK.units(), Size.QUICK.percents(), 10, 5);
        Size twice = new Size(true, 2, 1, Size.QUICK.units(), Size.QUICK.percents(), 10, 5);

        assertThat(planned(once, List.of("roads")).plus(Duration.ofSeconds(10)))
                .isLessThan(planned(twice, List.of("roads")));
        assertThat(planned(twice, List.of("roads"))).isLessThan(twice.share(0.75));
    }

    @Test
    void theFirstRunsOfAll_leaveTimeForOthers() {
        Size once = new Size(false, 1, 1, Size.FULL.units(), Size.FULL.percents(), 10, 40);

        assertThat(planned(once, List.of("roads", "scale", "ruby", "many"))).isLessThan(Duration.ofMinutes(28));
    }

    @Test
    void mayRun_asLongAsTheWholeStepFits() {
        Study study = study(Size.FULL, Instant.now().minus(Duration.ofMinutes(30)));

        assertThat(study.mayRun(2, Duration.ofMinutes(3), 0.9)).isTrue();
        assertThat(study.mayRun(2, Duration.ofMinutes(7), 0.9)).isFalse();
        assertThat(study.mayRun(1, Duration.ofMinutes(9), 0.9)).isTrue();
        assertThat(study.mayRun(1, Duration.ofMinutes(11), 0.9)).isFalse();
        assertThat(study(Size.QUICK, Instant.EPOCH).mayRun(1, Duration.ofMinutes(11), 0.9))
                .isTrue();
    }
}
