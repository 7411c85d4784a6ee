package io.deployflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtensionTest {
    @TempDir
    Path directory;

    @BeforeEach
    void forget() {
        TeamListener.HEARD.clear();
    }

    @Test
    void deploy_whenAListenerIsFoundByTheServiceLoader_tellsItEachEventOnce() {
        CliRun.piped().run("deploy", "staging", "--file", DeployYml.in(directory));

        assertThat(TeamListener.HEARD)
                .filteredOn(heard -> heard.startsWith("service"))
                .hasSize(16);
    }

    @Test
    void deploy_whenAModuleBindsAListener_tellsItEachEventOnce() {
        CliRun.piped().run("deploy", "staging", "--file", DeployYml.in(directory));

        assertThat(TeamListener.HEARD)
                .filteredOn(heard -> heard.startsWith("module"))
                .hasSize(16);
    }

    @Test
    void deploy_whenAModuleBindsAnAdapter_deploysWithIt() {
        CliRun cli = CliRun.piped();

        assertThat(cli.run("deploy", "team", "--file", DeployYml.in(directory))).isZero();
        assertThat(cli.out()).contains("team serves 20260102030405");
    }
}
