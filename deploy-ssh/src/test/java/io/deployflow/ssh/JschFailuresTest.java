package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jcraft.jsch.JSchException;
import io.deployflow.DeployException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JschFailuresTest {
    private static final Endpoint APP =
            Endpoint.of(HostAddress.parse("app1"), SshOptions.NONE, Path.of("/home/alice"), "alice");

    private final JschKnownHosts known = new JschKnownHosts(new KnownHosts(List.of(Path.of("known")), List.of()), APP);

    private DeployException of(JSchException e) throws HostConnection.DroppedException {
        return JschFailures.of(e, APP, known, new JschOffer(), Duration.ofSeconds(7));
    }

    private void serverShowsItsKey() {
        known.check("app1", "\0\0\0\13ssh-ed25519...".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connection is closed by foreign host",
                "Session.connect: java.io.IOException: End of IO Stream Read",
                "Session.connect: java.net.SocketException: Connection reset"
            })
    void of_whatIsClosedBeforeTheServerShowsItsKey_isDropped(String message) {
        assertThatThrownBy(() -> of(new JSchException(message))).isInstanceOf(HostConnection.DroppedException.class);
    }

    @Test
    void of_whatIsClosedInTheLogin_isAnAnswer() throws HostConnection.DroppedException {
        serverShowsItsKey();

        assertThat(of(new JSchException("Session.connect: java.io.IOException: End of IO Stream Read")))
                .hasMessage("app1: no login at app1 port 22: the server closed the connection while logging in")
                .matches(failure -> !HostDown.isWhy(failure));
    }

    @Test
    void of_aHostThatDoesNotAnswer_isThatItIsDown() throws HostConnection.DroppedException {
        assertThat(List.of(
                        of(new JSchException("x", new ConnectException("Connection refused"))),
                        of(new JSchException("x", new UnknownHostException("app1"))),
                        of(new JSchException("x", new NoRouteToHostException("No route to host"))),
                        of(new JSchException("x", new SocketTimeoutException("Connect timed out")))))
                .allMatch(HostDown::isWhy)
                .extracting(DeployException::getMessage)
                .containsExactly(
                        "app1: cannot connect to app1 port 22: Connection refused",
                        "app1: cannot connect to app1 port 22: no such host name",
                        "app1: cannot connect to app1 port 22: No route to host",
                        "app1: cannot connect to app1 port 22: no answer within 7 s");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Auth fail for methods 'publickey'", "SSH_MSG_DISCONNECT: 2 Too many authentication failures"})
    void of_aRefusedKey_isNeverThatItIsDown(String message) throws HostConnection.DroppedException {
        assertThat(of(new JSchException(message)))
                .hasMessageStartingWith("app1: refuses to log in user 'alice'")
                .matches(failure -> !HostDown.isWhy(failure));
    }

    @Test
    void of_aServerThatIsNotUnderstood_isNotThatItIsDown() throws HostConnection.DroppedException {
        assertThat(of(new JSchException("Algorithm negotiation fail")))
                .hasMessage("app1: no login at app1 port 22: Algorithm negotiation fail")
                .matches(failure -> !HostDown.isWhy(failure));
    }
}
