package io.deployflow.benchmark.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.benchmark.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowthTest {
    private static final Growth.Step FIRST = step(1000, 300_000, 116, 45);

    @Test
    void requirements_whenAHostAmongManyCostsNoMore_areReached() {
        Growth growth = new Growth(FIRST, List.of(step(100, 40_000, 20, 44), step(1000, 360_000, 90, 50)));

        assertThat(growth.requirements()).allMatch(Requirement::isReached);
        assertThat(growth.requirements()).extracting(Requirement::number).containsExactly("0.90", "116", "0.01");
    }

    @Test
    void requirements_whenEachHostTakesAThreadAndTimeOfTheOthers_areMissed() {
        Growth growth = new Growth(
                step(1000, 300_000, 257, 45), List.of(step(100, 10_000, 20, 144), step(1000, 160_000, 90, 1044)));

        assertThat(growth.requirements()).noneMatch(Requirement::isReached);
        assertThat(growth.requirements()).extracting(Requirement::number).containsExactly("1.60", "257", "1.00");
    }

    @Test
    void write_tellsEveryDeployAndDrawsThem(@TempDir Path folder) throws Exception {
        new Growth(FIRST, List.of(step(100, 40_000, 20, 44), step(1000, 360_000, 90, 50)))
                .write(folder, "bin/benchmark many", 17);

        assertThat(folder.resolve("many.md"))
                .content()
                .contains("Written by `bin/benchmark many` on ", "It took 17 minutes.")
                .containsPattern("\\| one changed file \\| +100 \\| +40.0 \\| +400 \\|")
                .containsPattern("\\| first +\\| +1000 \\| +300.0 \\| +300 \\|");
        assertThat(folder.resolve("many.svg")).content().contains("<circle");
    }

    private static Growth.Step step(int hosts, int millis, double heap, int threads) {
        return new Growth.Step(hosts, Duration.ofMillis(millis), Duration.ofMillis(millis / 4), heap, threads);
    }
}
