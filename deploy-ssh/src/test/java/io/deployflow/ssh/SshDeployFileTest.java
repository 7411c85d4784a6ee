package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.ConfigurationException;
import io.deployflow.DeployFile;
import io.deployflow.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
                hosts: [deploy@app1, { host: "deploy@app2:2222", roles: [web, db], primary: true }]
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
                connect_retries: 0
                command_timeout: 1m
                parallel: 4
                batches: 25%
                gatekeeper: app2:2222
                on_unreachable: skip 1
                hooks:
                  - before: rollout
                    run: bin/migrate
                    roles: [db]
                    run_once: true
                    environment: { PASSWORD: s3cret }
                """);

        assertThat(settings.hosts())
                .containsExactly(
                        SshSettings.Host.of("deploy@app1"),
                        new SshSettings.Host("deploy@app2:2222", List.of("web", "db"), true));
        assertThat(FleetRules.of(settings))
                .extracting(FleetRules::batches, FleetRules::gatekeeper, FleetRules::skip)
                .containsExactly(
                        Optional.of(new BatchSize(25, true)),
                        new Gatekeeper(true, Optional.of("app2:2222")),
                        new SkipLimit(1));
        assertThat(settings.hooks())
                .containsExactly(new HookSettings(
                        Optional.of(HookSettings.HookPhase.ROLLOUT),
                        Optional.empty(),
                        "bin/migrate",
                        List.of("db"),
                        true,
                        Map.of("PASSWORD", Secret.of("s3cret")),
                        false));
        assertThat(settings.identity()).contains(Path.of("/keys/id"));
        assertThat(settings.buildEnv()).isEqualTo(Map.of("MODE", "production"));
        assertThat(settings.health().orElseThrow().url()).contains(URI.create("http://localhost:3000/health"));
        assertThat(settings.health().orElseThrow().within()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.parallel()).isEqualTo(4);
        assertThat(settings.connectRetries()).contains(0);
    }

    @Test
    void read_ofTheLeast_fillsInTheDefaults(@TempDir Path folder) throws IOException {
        SshSettings settings = read(folder, "hosts: [app1]\ndeploy_to: /var/www/shop\n");

        assertThat(settings.knownHosts()).isEmpty();
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

    @Test
    void read_ofAWrongHostBetweenRightOnes_pointsToIt(@TempDir Path folder) {
        assertThatThrownBy(
                        () -> read(folder, "hosts:\n- app1\n- app2:ssh\n- { roles: [db] }\ndeploy_to: /var/www/shop\n"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("deploy.yml:7:7: 'host' 'app2:ssh' is not a host")
                .hasMessageContaining("deploy.yml:8:7: missing key 'host' in item 3 of 'hosts'");
    }
}
