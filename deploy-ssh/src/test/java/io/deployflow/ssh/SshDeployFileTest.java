package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.ConfigurationException;
import io.deployflow.DeployFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshDeployFileTest {
    private static final String HEAD = "application: shop\ntargets:\n  classic:\n    type: ssh\n";

    private static SshSettings read(Path folder, String section) throws IOException {
        Path file = Files.writeString(folder.resolve("deploy.yml"), HEAD + section.indent(4));
        return (SshSettings) DeployFile.read(file).target("classic").settings();
    }

    @Test
    void read_ofEveryKey_bindsItsValue(@TempDir Path folder) throws IOException {
        SshSettings settings = read(folder, """
                hosts: [deploy@app1, "deploy@app2:2222"]
                identity: /keys/id
                known_hosts: /keys/known_hosts
                deploy_to: /var/www/shop
                keep_releases: 3
                linked_dirs: [log]
                linked_files: [config/app.yml]
                build: [make]
                build_env: { MODE: production }
                restart: pumactl phased-restart
                health: { url: "http://localhost:3000/health", expect: "{revision}", within: 5s }
                connect_timeout: 3s
                command_timeout: 1m
                parallel: 4
                """);

        assertThat(settings.hosts()).containsExactly("deploy@app1", "deploy@app2:2222");
        assertThat(settings.identity()).contains(Path.of("/keys/id"));
        assertThat(settings.buildEnv()).isEqualTo(Map.of("MODE", "production"));
        assertThat(settings.health().orElseThrow().url()).contains(URI.create("http://localhost:3000/health"));
        assertThat(settings.health().orElseThrow().within()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.parallel()).isEqualTo(4);
    }

    @Test
    void read_ofTheLeast_fillsInTheDefaults(@TempDir Path folder) throws IOException {
        SshSettings settings = read(folder, "hosts: [app1]\ndeploy_to: /var/www/shop\n");

        assertThat(settings.knownHosts()).isEqualTo(Path.of(System.getProperty("user.home"), ".ssh/known_hosts"));
        assertThat(settings.keepReleases()).isEqualTo(5);
        assertThat(settings.linkedDirs()).isEqualTo(List.of());
        assertThat(settings.health()).isEmpty();
    }

    @Test
    void read_ofAWrongValue_saysWhereItStands(@TempDir Path folder) {
        assertThatThrownBy(() -> read(folder, "hosts: [app1]\ndeploy_to: www\nkeep_release: 3\n"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("keep_releases");
    }
}
