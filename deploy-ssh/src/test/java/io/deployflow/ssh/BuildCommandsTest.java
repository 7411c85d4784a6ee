package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.BuildException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildCommandsTest {
    @Test
    void deploy_whoseBuildCommandFailsWithoutAWord_saysSo(@TempDir Path temp) {
        try (LocalFleet fleet = new LocalFleet(temp, "alice", "app1")) {
            fleet.settings.build = List.of("exit 3");

            assertThat(fleet.deploy().failure().orElseThrow())
                    .isInstanceOf(BuildException.class)
                    .hasMessage("build command 'exit 3' failed with exit status 3, and wrote nothing");
        }
    }
}
