package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.CancellationToken;
import io.deployflow.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path home;

    private String way(String config, Optional<String> bastion) throws IOException {
        Path file = Files.writeString(home.resolve("ssh_config"), "User me\n" + config);
        Routes routes = new Routes(new SshConfig(Optional.of(file), home), bastion);
        return routes.to(HostAddress.parse("app1"), CancellationToken.create()).login();
    }

    @Test
    void to_whereTheSshConfigThatIsNamedIsNotThere_isRefused() {
        Routes routes = new Routes(new SshConfig(Optional.of(home.resolve("none")), home), Optional.empty());

        assertThatThrownBy(() -> routes.to(HostAddress.parse("app1"), CancellationToken.create()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("ssh_config " + home.resolve("none") + " is not there");
    }

    @Test
    void to_withoutBastions_isDirect() throws IOException {
        assertThat(way("", Optional.empty())).isEqualTo("me@app1:22");
    }

    @Test
    void to_byProxyJump_passesEveryHopInOrder() throws IOException {
        String config = "Host app*\n ProxyJump a,jump@b:2222\nHost a\n HostName 10.0.0.1\n";

        assertThat(way(config, Optional.empty())).isEqualTo("me@app1:22 through jump@b:2222 through me@10.0.0.1:22");
    }

    @Test
    void to_byABastionThatHasOneItself_passesBoth() throws IOException {
        String config = "Host app*\n ProxyJump b\nHost b\n ProxyJump a\n";

        assertThat(way(config, Optional.empty())).isEqualTo("me@app1:22 through me@b:22 through me@a:22");
    }

    @Test
    void to_whereEveryHostHasTheBastion_theBastionItselfHasNone() throws IOException {
        assertThat(way("ProxyJump bastion\n", Optional.empty())).isEqualTo("me@app1:22 through me@bastion:22");
    }

    @Test
    void to_whatTheSettingSays_countsBeforeSshConfig() throws IOException {
        assertThat(way("Host app1\n ProxyJump a\n", Optional.of("b"))).isEqualTo("me@app1:22 through me@b:22");
        assertThat(way("ProxyJump a\n", Optional.of("none"))).isEqualTo("me@app1:22");
        assertThat(way("ProxyCommand nc %h %p\n", Optional.of("none"))).isEqualTo("me@app1:22");
    }

    @Test
    void to_whereTwoBastionsNeedEachOther_isRefused() {
        assertThatThrownBy(() ->
                        way("Host a\n ProxyJump b\nHost b\n ProxyJump a\nHost app1\n ProxyJump a\n", Optional.empty()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("ssh_config says 'ProxyJump in a circle'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ProxyCommand nc %h %p\nProxyJump a", "Host app1\n ProxyCommand=ssh -W %h:%p gate"})
    void to_byACommand_isRefused(String config) {
        assertThatThrownBy(() -> way(config + "\n", Optional.empty()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("app1: ssh_config says 'ProxyCommand ")
                .hasMessageEndingWith("', which is not supported");
    }

    @Test
    void to_whereProxyJumpIsNoHost_saysWhatWouldBeRight() {
        assertThatThrownBy(() -> way("ProxyJump a b$c\n".replace(" b", ",b"), Optional.empty()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'b$c' is not a host");
    }
}
