package io.deployflow.benchmark.claims;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.benchmark.Figures;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command with {@code --page}: what was measured is there, and nothing is measured. */
class ClaimsBenchmarkTest {
    private static final List<Double> CONTAINERS = List.of(9.0, 9.5, 8.6);
    private static final List<Double> HOSTS = List.of(3.0, 3.1, 2.9);

    @TempDir
    private Path root;

    private final StringWriter errors = new StringWriter();

    private int against(Path kept) {
        return new CommandLine(new ClaimsBenchmark())
                .setErr(new PrintWriter(errors))
                .execute("--root", root.toString(), "--quick", "--page", "--against", kept.toString());
    }

    private static void add(Figures figures, String road, List<Double> seconds) {
        for (int run = 1; run <= seconds.size(); run++) {
            figures.add(
                    Roads.PART,
                    Roads.step(Scenario.TYPO, road, run),
                    Map.of(Roads.SECONDS, seconds.get(run - 1), Roads.EXIT, 0.0, Roads.SERVES, 1.0));
        }
    }

    /** As the run leaves it that ended, or was interrupted. */
    private void measured(List<Double> containers, List<Double> hosts) {
        Figures now = Figures.resume(root.resolve("examples/benchmark/target/claims-quick.csv"), "bin/benchmark quick");
        add(now, Roads.CONTAINERS, containers);
        add(now, Roads.HOSTS, hosts);
    }

    private Path kept(List<Double> containers, List<Double> hosts) throws IOException {
        Figures kept = Figures.resume(root.resolve("kept-figures"), "a test");
        add(kept, Roads.CONTAINERS, containers);
        add(kept, Roads.HOSTS, hosts);
        return Files.writeString(root.resolve("kept.csv"), kept.csv());
    }

    @Test
    void against_whatAgrees_endsWithNothing_onASlowerMachineToo() throws IOException {
        measured(List.of(18.0, 18.4, 17.5), List.of(6.1, 6.0, 5.9));

        assertThat(against(kept(CONTAINERS, HOSTS))).isZero();
        assertThat(root.resolve("docs")).doesNotExist();
    }

    @Test
    void against_whatDisagrees_endsWithOne() throws IOException {
        measured(List.of(9.0, 9.0, 9.1), List.of(4.5, 4.5, 4.6));

        assertThat(against(kept(CONTAINERS, HOSTS))).isEqualTo(1);
    }

    @Test
    void against_whatHasNothingInCommon_endsWithOne() throws IOException {
        measured(CONTAINERS, List.of());

        assertThat(against(kept(CONTAINERS, HOSTS))).isEqualTo(1);
    }

    @Test
    void against_whatIsNoRun_isRefusedBeforeAnythingIsMeasured() {
        assertThat(against(root.resolve("none.csv"))).isEqualTo(2);
        assertThat(errors.toString()).contains("--against: cannot read the figures of an earlier run");
    }
}
