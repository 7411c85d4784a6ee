package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.ConfigurationException;
import io.deployflow.Report;
import io.deployflow.Report.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostOfTwoNamesTest {
    @Test
    void deploy_toOneHostUnderTwoNames_changesNothingAndSaysWhatIsTwice(@TempDir Path temp) {
        try (LocalFleet fleet = new LocalFleet(temp, "alice", "app1")) {
            fleet.deploy().orThrow();
            fleet.settings.hosts = List.of("app1", "app1:22");
            fleet.write("two");

            Report report = fleet.deploy();

            assertThat(report.outcome()).isEqualTo(Outcome.UNCHANGED);
            assertThat(report.failure().orElseThrow())
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("this deploy has locked it already, under another name");
            assertThat(fleet.isFree()).isTrue();
            fleet.settings.hosts = List.of("app1");
            fleet.deploy().orThrow();
            assertThat(fleet.read("current/app.txt")).containsExactly("two");
        }
    }
}
