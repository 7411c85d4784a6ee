package io.deployflow.benchmark.claims;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.benchmark.Timed;
import io.deployflow.benchmark.TimedCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts that go to all hosts, by bash itself. */
class UpgradeTest {
    @TempDir
    private Path folder;

    private Timed run(String... scripts) {
        return TimedCommand.run(
                List.of("bash", "-ec", "cd '" + folder + "'\n" + Upgrade.atOnce(List.of(scripts))), Map.of());
    }

    /** Each waits for the other: one after the other they would never end. */
    @Test
    void atOnce_runsThemSideBySide() {
        Timed run = run("""
                mkfifo one
                timeout 30 cat one
                """, """
                until [ -p one ]; do sleep 0.01; done
                echo 'from the other' > one
                """);

        assertThat(run.status()).isZero();
        assertThat(run.output()).contains("from the other");
    }

    @Test
    void atOnce_whereOneFails_letsTheOthersEndAndFails() {
        Timed run = run("cat no-such-file\n", "sleep 0.1\ncat <<'HOST'\ndone\nHOST\n");

        assertThat(run.status()).isNotZero();
        assertThat(run.output()).contains("done");
    }
}
