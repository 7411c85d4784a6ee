package io.deployflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.sandbox.ssh.SshHost;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeployFileTextTest {
    private static final URI APP = URI.create("http://127.0.0.1:1");

    @Test
    void text_withHosts_hasATargetForEachRoad() {
        assertThat(deployFile(List.of(new SshHost("deploy", "127.0.0.1", 2201, APP, "c")))
                        .text())
                .contains("\n  containers:\n    type: ecs\n", "\n  hosts:\n    type: ssh\n")
                .contains("    hosts: [\"deploy@127.0.0.1:2201\"]\n", "    identity: \"/keys/id\"\n");
    }

    @Test
    void text_withoutHosts_hasTheEcsTargetOnly() {
        assertThat(deployFile(List.of()).text()).contains("type: ecs").doesNotContain("type: ssh");
    }

    private static DeployFileText deployFile(List<SshHost> hosts) {
        return new DeployFileText(Path.of("/app"), "eu-west-1", hosts, Path.of("/keys/id"), Path.of("/keys/known"));
    }
}
