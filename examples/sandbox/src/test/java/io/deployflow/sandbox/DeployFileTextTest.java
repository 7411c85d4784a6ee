package io.deployflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.sandbox.ssh.SshHost;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeployFileTextTest {
    private static final SshHost HOST = new SshHost("deploy", "127.0.0.1", 2201, URI.create("http://127.0.0.1:1"), "c");

    @Test
    void text_withHosts_hasATargetForEachRoad() {
        assertThat(deployFile(List.of(HOST)).text(false))
                .contains("\n  containers:\n    type: ecs\n", "\n  hosts:\n    type: ssh\n")
                .contains("    hosts: [\"deploy@127.0.0.1:2201\"]\n", "    identity: \"/keys/id\"\n");
    }

    @Test
    void text_withoutHosts_hasTheEcsTargetOnly() {
        assertThat(deployFile(List.of()).text(false)).contains("type: ecs").doesNotContain("type: ssh");
    }

    @Test
    void text_whenContainersRunTheApplication_signalsThemInsteadOfStartingItOnTheHost() {
        assertThat(deployFile(List.of(HOST)).text(true))
                .contains("\n  third-way:\n    type: ssh\n", "    restart: kill -USR1 \"$(cat tmp/pids/puma.pid)\"\n")
                .doesNotContain("\n  hosts:", "bin/restart");
    }

    private static DeployFileText deployFile(List<SshHost> hosts) {
        return new DeployFileText(Path.of("/app"), "eu-west-1", hosts, Path.of("/keys/id"), Path.of("/keys/known"));
    }
}
