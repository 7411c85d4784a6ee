package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointTest {
    private static final Path HOME = Path.of("/home/alice");

    @Test
    void of_withoutSsh_isTheAddress() {
        Endpoint endpoint = Endpoint.of(HostAddress.parse("deploy@app1:2222"), List.of(), HOME, "alice");

        assertThat(endpoint.hostname()).isEqualTo("app1");
        assertThat(endpoint.port()).isEqualTo(2222);
        assertThat(endpoint.user()).isEqualTo("deploy");
        assertThat(endpoint.keyscan(Path.of("known"))).isEqualTo("ssh-keyscan -p 2222 app1 >> known");
    }

    @Test
    void of_whatSshSays_isWhereToConnect() {
        Endpoint endpoint = Endpoint.of(
                HostAddress.parse("app1"),
                List.of("user deploy", "hostname 10.0.0.7", "port 22", "identityfile ~/.ssh/work", "proxyjump none"),
                HOME,
                "alice");

        assertThat(endpoint.user()).isEqualTo("deploy");
        assertThat(endpoint.knownAs()).isEqualTo("10.0.0.7");
        assertThat(endpoint.identityFiles()).containsExactly(HOME.resolve(".ssh/work"));
        assertThat(endpoint.proxy()).isEmpty();
        assertThat(endpoint.keyscan(Path.of("known"))).isEqualTo("ssh-keyscan 10.0.0.7 >> known");
    }

    @Test
    void of_aJumpHost_isSaid() {
        Endpoint endpoint = Endpoint.of(HostAddress.parse("app1"), List.of("proxyjump bastion"), HOME, "alice");

        assertThat(ConnectFailures.proxied(endpoint, endpoint.proxy().orElseThrow()))
                .hasMessage("app1: ssh_config says 'proxyjump bastion', which is not supported");
    }
}
