package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndpointTest {
    private static final Path HOME = Path.of("/home/alice");

    private static Endpoint endpoint(String host, String... said) {
        return Endpoint.of(HostAddress.parse(host), SshOptions.of(List.of(said)), HOME, "alice");
    }

    @Test
    void of_whereNothingIsSaid_isTheAddressWithSshsDefaults() {
        Endpoint endpoint = endpoint("deploy@app1:2222");

        assertThat(endpoint.hostname()).isEqualTo("app1");
        assertThat(endpoint.port()).isEqualTo(2222);
        assertThat(endpoint.user()).isEqualTo("deploy");
        assertThat(endpoint.knownNames()).containsExactly("[app1]:2222", "app1");
        assertThat(endpoint.identityFiles()).contains(HOME.resolve(".ssh/id_ed25519"));
        assertThat(endpoint.knownHostsFiles())
                .contains(HOME.resolve(".ssh/known_hosts"), Path.of("/etc/ssh/ssh_known_hosts"));
        assertThat(endpoint.agent(Map.of("SSH_AUTH_SOCK", "/run/agent"))).contains(Path.of("/run/agent"));
        assertThat(endpoint.agent(Map.of())).isEmpty();
        assertThat(endpoint.aliveCount(3)).isEqualTo(3);
    }

    @Test
    void of_whatSshSays_isWhereToConnect() {
        Endpoint endpoint = endpoint(
                "app1",
                "user deploy",
                "hostname %h.example.com",
                "port 22",
                "identityfile ~/.ssh/%h_%r",
                "identityfile %d/other",
                "userknownhostsfile ~/.ssh/work /dev/null",
                "globalknownhostsfile none",
                "identityagent none",
                "serveraliveinterval 30",
                "serveralivecountmax 2");

        assertThat(endpoint.user()).isEqualTo("deploy");
        assertThat(endpoint.knownNames()).containsExactly("app1.example.com");
        assertThat(endpoint.identityFiles())
                .containsExactly(HOME.resolve(".ssh/app1.example.com_deploy"), HOME.resolve("other"));
        assertThat(endpoint.knownHostsFiles()).containsExactly(HOME.resolve(".ssh/work"), Path.of("/dev/null"));
        assertThat(endpoint.agent(Map.of("SSH_AUTH_SOCK", "/run/agent"))).isEmpty();
        assertThat(endpoint.aliveInterval(Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(30));
        assertThat(endpoint.aliveCount(3)).isEqualTo(2);
    }

    @Test
    void of_whatTheAddressSays_countsBeforeSshConfig() {
        Endpoint endpoint = endpoint("carol@app1:2222", "user deploy", "port 22");

        assertThat(endpoint.login()).isEqualTo("carol@app1:2222");
    }

    @Test
    void knownNames_withAnAlias_areTheAliasAlone() {
        assertThat(endpoint("app1:2222", "hostkeyalias Fleet").knownNames()).containsExactly("fleet");
    }

    @Test
    void agent_thatIsAPathOrAVariable_isThat() {
        assertThat(endpoint("app1", "identityagent ~/agent").agent(Map.of())).contains(HOME.resolve("agent"));
        assertThat(endpoint("app1", "identityagent $MINE").agent(Map.of("MINE", "/run/mine")))
                .contains(Path.of("/run/mine"));
    }

    @Test
    void server_ofAHostBehindABastion_isNotTheSameOneDirectly() {
        Endpoint direct = endpoint("deploy@10.0.0.7");

        assertThat(direct.through(endpoint("jump@bastion")).server()).isEqualTo("10.0.0.7:22 through jump@bastion:22");
    }
}
