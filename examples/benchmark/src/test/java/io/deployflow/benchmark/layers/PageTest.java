package io.deployflow.benchmark.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PageTest {
    private final Figures figures = new Figures();
    private final Page page = new Page(figures, 3, 20);

    @Test
    void tables_compareMediansAndSayWhatIsReached() {
        for (int millis : new int[] {500, 9000, 400}) {
            add(Scenario.WARM, LayersTool.NAME, millis, 950_000, 930_000);
        }
        add(Scenario.WARM, DockerTool.NAME, 2600, 11_000, 0);
        add(Scenario.COLD, LayersTool.NAME, 1000, 960_000, 930_000);
        add(Scenario.COLD, DockerTool.NAME, 5000, 15_000, 0);

        assertThat(page.tables())
                .containsPattern("one changed file, warm +\\| deployflow layers +\\| +0.50 \\| +950,000 \\|")
                .containsPattern(
                        "warm, of docker build \\+ push +\\| reached +\\| +0.19 \\| +0.200 \\| +0.50 s and 2.60 s")
                .containsPattern("fresh machine, of docker build \\+ push +\\| MISSED +\\| +0.20 \\| +0.100 \\|")
                .containsPattern("bytes beside the changed layers +\\| reached +\\| +20000 \\|")
                .doesNotContain("BuildKit");
        assertThat(page.isReached()).isFalse();
    }

    @Test
    void tables_ofWholeDeploys_haveEachRoadsPhasesAndItsLongestSteps() {
        figures.deploy("layers", "rollout", Duration.ofSeconds(7));
        figures.deploy("layers", "total", Duration.ofSeconds(8));
        figures.deploy("hosts", "total", Duration.ofSeconds(5));
        figures.step("layers", "draining", Duration.ofMillis(2500));

        assertThat(page.tables())
                .containsPattern("4 tasks +\\| +7.00 \\| +8.00 \\|")
                .containsPattern("4 hosts +\\| +- \\| +5.00 \\|")
                .containsPattern("4 tasks \\| draining \\| +2.50 \\|")
                .containsPattern("whole deploy, of the SSH road's +\\| reached +\\| +1.60 \\|");
    }

    @Test
    void layers_ofWhatWasSent_areAllButTheConfiguration() {
        String output = """
                +1.2s  push       configuration  push 100% (4.0/4.0 kB)
                +1.4s  push       registry | sent 954321 bytes in 3 blobs; asked for 0 that were there
                """;

        assertThat(LayersBenchmark.layers(output)).isEqualTo(950_321);
        assertThat(LayersBenchmark.layers("latest: digest: sha256:1")).isZero();
    }

    private void add(Scenario scenario, String tool, int millis, long bytes, long layers) {
        figures.add(scenario.title(), tool, Duration.ofMillis(millis), bytes, layers);
    }
}
