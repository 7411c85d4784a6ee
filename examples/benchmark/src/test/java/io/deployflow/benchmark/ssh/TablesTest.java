package io.deployflow.benchmark.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.benchmark.Timed;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TablesTest {
    private final Results results = new Results();
    private final Tables tables = new Tables(results, List.of("deployflow", "Capistrano", "plain ssh delta"));

    @Test
    void wall_whenAToolDidNotTakePart_leavesItsColumnOut() {
        Cell ten = new Cell(Scenario.FIRST, 10, Duration.ZERO);
        Cell one = new Cell(Scenario.FIRST, 1, Duration.ZERO);
        add(ten, "deployflow", 4000, 6000, 5000);
        add(ten, "Capistrano", 20_000);
        add(one, "deployflow", 1000);
        add(one, "Capistrano", 5000);

        assertThat(tables.wall(Scenario.FIRST)).contains("""
                        | hosts | round trip | runs | deployflow | Capistrano | Capistrano : deployflow | deployflow : plain ssh |
                        |------:|-----------:|-----:|-----------:|-----------:|------------------------:|-----------------------:|
                        |     1 |       0 ms |    1 |       1.00 |       5.00 |                     5.0 |                      - |
                        |    10 |       0 ms |    3 |       5.00 |       20.0 |                     4.0 |                      - |""");
        assertThat(tables.wall(Scenario.ROLLBACK)).isEmpty();
    }

    @Test
    void requirements_whenAFigureIsTooHighOrMissing_sayIt() {
        add(new Cell(Scenario.CHANGE, 25, Duration.ZERO), "deployflow", 2000);
        add(new Cell(Scenario.CHANGE, 25, Duration.ZERO), "Capistrano", 20_000);
        add(new Cell(Scenario.CHANGE, 25, Duration.ZERO), "plain ssh delta", 1000);

        String lines = Tables.requirements(Requirements.of(results));

        assertThat(lines)
                .containsPattern("one changed file, 25 hosts: wall time against Capistrano +\\| reached +\\| +0.10 \\|")
                .containsPattern(
                        "one changed file, 25 hosts: wall time against plain ssh delta +\\| MISSED +\\| +2.00 \\|")
                .containsPattern("one changed file, 1 host: wall time against Capistrano +\\| not measured +\\|");
    }

    @Test
    void requirements_whereTheFloorIsTooHighItself_sayThatToo() {
        Cell cell = new Cell(Scenario.CHANGE_AND_PRUNE, 25, Duration.ZERO);
        add(cell, "deployflow", 2000);
        add(cell, "Capistrano", 8000);
        add(cell, "plain ssh delta", 1500);

        assertThat(Tables.requirements(Requirements.of(results)))
                .containsPattern(
                        "pruning, 25 hosts: wall time against Capistrano +\\| MISSED, by the floor too \\| +0.25 \\| +0.125 \\| +0.19 \\| +- \\|")
                .containsPattern(
                        "pruning, 25 hosts: wall time against plain ssh delta +\\| reached +\\| +1.33 \\| +1.50 \\| +- \\| +- \\|");
    }

    @Test
    void requirements_whereOnlyJavasFloorIsTooHigh_sayWhoseItIs() {
        Cell cell = new Cell(Scenario.CHANGE, 1, Duration.ZERO);
        add(cell, "deployflow", 1000);
        add(cell, "Capistrano", 2000);
        add(cell, "plain ssh delta", 300);
        add(cell, "plain JSch delta", 800);

        assertThat(Tables.requirements(Requirements.of(results)))
                .containsPattern(
                        "file, 1 host: wall time against Capistrano +\\| MISSED, by Java's floor too \\| +0.50 \\| +0.333 \\| +0.15 \\| +0.40 \\|");
    }

    @Test
    void sent_whenNothingWentThroughRelays_isEmpty() {
        add(new Cell(Scenario.CHANGE, 1, Duration.ZERO), "deployflow", 1000);

        assertThat(tables.sent()).isEmpty();

        Cell far = new Cell(Scenario.CHANGE, 1, Duration.ofMillis(50));
        add(far, "deployflow", 1000);
        results.addSent(far, "deployflow", 1_234_567);
        assertThat(tables.sent()).hasValueSatisfying(table -> assertThat(table).contains("1,235"));
    }

    @Test
    void failures_sayWhoFailedWhere_howOftenAndWhy() {
        Cell cell = new Cell(Scenario.CHANGE, 50, Duration.ZERO);
        String output =
                "00:01 git:update\nSSHKit::Runner::ExecuteError: Exception while executing: closed stream\n(Backtrace)\n";
        assertThat(results.failures()).isEmpty();

        results.addFailure(cell, "Capistrano", new Timed(1, Duration.ZERO, Duration.ZERO, Duration.ZERO, output));

        assertThat(results.failures(cell, "Capistrano")).isEqualTo(1);
        assertThat(results.failures())
                .isEqualTo("- one changed file, 50 hosts, 0 ms: Capistrano failed once before it did it:"
                        + " `SSHKit::Runner::ExecuteError: Exception while executing: closed stream`\n");
    }

    private void add(Cell cell, String tool, int... millis) {
        for (int one : millis) {
            Duration wall = Duration.ofMillis(one);
            results.add(cell, tool, new Timed(0, wall, wall, wall, ""));
        }
    }
}
