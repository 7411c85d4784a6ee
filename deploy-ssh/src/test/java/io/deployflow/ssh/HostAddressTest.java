package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostAddressTest {

    @ParameterizedTest
    @CsvSource({
        "app1, '', app1, -1, app1",
        "deploy@app1, deploy, app1, -1, app1",
        "deploy@app1:2222, deploy, app1, 2222, app1:2222",
        "ssh://deploy@app1:2222/, deploy, app1, 2222, app1:2222",
        "deploy@[::1]:2222, deploy, ::1, 2222, '[::1]:2222'",
        "[fe80::1], '', fe80::1, -1, fe80::1",
        "fe80::1, '', fe80::1, -1, fe80::1",
        "a@b@app1, a@b, app1, -1, app1",
    })
    void parse_ofAHost_findsItsParts(String text, String user, String name, int port, String label) {
        HostAddress host = HostAddress.parse(text);

        assertThat(host.user().orElse("")).isEqualTo(user);
        assertThat(host.name()).isEqualTo(name);
        assertThat(host.port().orElse(-1)).isEqualTo(port);
        assertThat(host.label()).isEqualTo(label);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "deploy@",
                "@app1",
                "app1:",
                "app1:0",
                "app1:70000",
                "app1/x",
                "-oProxyCommand=x",
                "u@-x",
                "a b"
            })
    void parse_ofSomethingElse_saysWhatWouldBeRight(String text) {
        assertThatThrownBy(() -> HostAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void sshCommand_isWhatAPersonTypes() {
        assertThat(HostAddress.parse("deploy@app1:2222").sshCommand()).isEqualTo("ssh -p 2222 deploy@app1");
        assertThat(HostAddress.parse("app1").sshCommand()).isEqualTo("ssh app1");
    }
}
