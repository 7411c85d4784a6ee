package io.deployflow.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresTest {
    @TempDir
    private Path folder;

    @Test
    void resume_ofTheSameRun_hasWhatWasMeasured() {
        Figures first = Figures.resume(folder.resolve("figures.csv"), "ecs --completions 3");
        first.add("completions", "5.0", Map.of("late s", 0.75, "looks", 4.0));

        Figures again = Figures.resume(folder.resolve("figures.csv"), "ecs --completions 3");

        assertThat(again.has("completions", "5.0")).isTrue();
        assertThat(again.has("completions", "6.0")).isFalse();
        assertThat(again.one("completions", "5.0", "late s")).contains(0.75);
        assertThat(again.of("completions", "", "looks")).containsExactly(4.0);
        assertThat(again.csv()).startsWith("part,step,measure,value\n").contains("completions,5.0,late s,0.750\n");
    }

    @Test
    void resume_whereNamesHaveCommas_hasWhatWasMeasured() {
        Figures first = Figures.resume(folder.resolve("figures.csv"), "full");
        first.add("one more", "a host more, from Debian", Map.of("release, seconds", 3.5));

        Figures again = Figures.resume(folder.resolve("figures.csv"), "full");

        assertThat(again.one("one more", "a host more, from Debian", "release, seconds"))
                .contains(3.5);
        assertThat(again.csv()).contains("one more,\"a host more, from Debian\",\"release, seconds\",3.500\n");
    }

    @Test
    void one_ofAStepWhoseNameBeginsLikeAnother_isItsOwn() {
        Figures figures = Figures.resume(folder.resolve("figures.csv"), "roads");
        figures.add("roads", "run 10", Map.of("build", 3.0));
        figures.add("roads", "run 1", Map.of("push", 1.0));

        assertThat(figures.one("roads", "run 1", "build")).isEmpty();
        assertThat(figures.one("roads", "run 10", "build")).contains(3.0);
        assertThat(figures.steps("roads", "run")).containsExactly("run 10", "run 1");
    }

    /** Killed while it wrote: the step is as good as not measured. */
    @Test
    void resume_whereTheLastLineIsCutOff_forgetsThatStepAlone() throws IOException {
        Path file = folder.resolve("figures.csv");
        Figures first = Figures.resume(file, "ecs");
        first.add("completions", "5.0", Map.of("late s", 0.75));
        first.add("completions", "6.0", Map.of("late s", 0.5));
        Files.writeString(file, "completions,6.0,loo", StandardOpenOption.APPEND);

        Figures again = Figures.resume(file, "ecs");
        again.add("completions", "6.0", Map.of("late s", 0.25));

        assertThat(again.of("completions", "", "late s")).containsExactly(0.75, 0.25);
        assertThat(Figures.resume(file, "ecs").of("completions", "", "late s")).containsExactly(0.75, 0.25);
    }

    @Test
    void resume_ofAnotherRunOrAfterTheEnd_beginsAnew() throws IOException {
        Figures first = Figures.resume(folder.resolve("figures.csv"), "ecs --completions 3");
        first.add("completions", "5.0", Map.of("late s", 0.75));

        assertThat(Figures.resume(folder.resolve("figures.csv"), "ecs --completions 30")
                        .has("completions", "5.0"))
                .isFalse();
        first.forget();
        assertThat(folder.resolve("figures.csv")).doesNotExist();
    }
}
