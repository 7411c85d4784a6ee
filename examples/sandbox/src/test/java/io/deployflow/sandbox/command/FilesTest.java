package io.deployflow.sandbox.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.sandbox.ssh.SshHost;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FilesTest {
    private static final URI APP = URI.create("http://127.0.0.1:1");

    @Test
    void envFile_whenAValueHasQuotes_staysOneShellWord() {
        assertThat(new EnvFile(Map.of("B", "it's", "A", "1")).text()).isEqualTo("export A='1'\nexport B='it'\\''s'\n");
    }

    @Test
    void deployFile_withHosts_hasATargetForEachRoad() {
        assertThat(deployFile(List.of(new SshHost("deploy", "127.0.0.1", 2201, APP, "c")))
                        .text())
                .contains("\n  containers:\n    type: ecs\n", "\n  hosts:\n    type: ssh\n")
                .contains("    hosts: [\"deploy@127.0.0.1:2201\"]\n", "    identity: \"/keys/id\"\n");
    }

    @Test
    void deployFile_withoutHosts_hasTheEcsTargetOnly() {
        assertThat(deployFile(List.of()).text()).contains("type: ecs").doesNotContain("type: ssh");
    }

    private static DeployFileText deployFile(List<SshHost> hosts) {
        return new DeployFileText(Path.of("/app"), "eu-west-1", hosts, Path.of("/keys/id"), Path.of("/keys/known"));
    }
}
