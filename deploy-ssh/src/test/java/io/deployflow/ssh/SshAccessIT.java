package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.CancellationToken;
import io.deployflow.ConfigurationException;
import io.deployflow.DeployException;
import io.deployflow.TargetUnreachableException;
import io.deployflow.spi.LocalCommand;
import io.deployflow.spi.Poller;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may log in where: keys, agents and host keys against real OpenSSH. */
class SshAccessIT extends RealHosts {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Passphrases NOBODY = new Passphrases(Optional.empty(), file -> Optional.empty());

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path keys;

    private DeployException failure() {
        return story.deploy().failure().orElseThrow();
    }

    @Test
    void deploy_whenAHostKeyIsUnknown_namesItsFingerprintAndHowToTrustIt() throws IOException {
        Path known = keys.resolve("known_hosts");
        List<String> lines = Files.readAllLines(sandbox.knownHosts());
        Files.write(known, lines.subList(0, 2));
        story.settings.knownHosts = known;
        String fingerprint = Story.run("sh", "-c", "echo '" + lines.get(2) + "' | ssh-keygen -lf - | cut -d' ' -f2");

        DeployException failure = failure();

        assertThat(failure)
                .isInstanceOf(TargetUnreachableException.class)
                .hasMessage(story.label(2) + ": its ssh-ed25519 host key " + fingerprint + " is not in " + known);
        assertThat(failure.remedy())
                .contains("Compare the fingerprint")
                .endsWith("then trust it: echo '" + lines.get(2) + "' >> '" + known + "'");

        Story.run("sh", "-c", failure.remedy().substring(failure.remedy().indexOf("echo")));
        story.deploy().orThrow();
    }

    @Test
    void deploy_whenAHostKeyHasChanged_refuses() throws IOException {
        Path known = keys.resolve("known_hosts");
        List<String> lines = Files.readAllLines(sandbox.knownHosts());
        String wrong = lines.get(0).replaceFirst(" .*", "") + lines.get(1).replaceFirst("[^ ]+", "");
        Files.write(known, List.of(wrong, lines.get(1), lines.get(2)));
        story.settings.knownHosts = known;

        assertThat(failure())
                .isInstanceOf(TargetUnreachableException.class)
                .hasMessageContaining(story.label(0) + ": its ssh-ed25519 host key is now SHA256:")
                .hasMessageContaining("which is not the one in " + known + ":1");
    }

    @Test
    void deploy_whenTheKeyIsWrong_namesUserAndKeyOnEveryHost() {
        Path wrong = generate("ed25519");
        story.settings.identity = wrong;

        DeployException failure = failure();

        assertThat(failure).isInstanceOf(TargetUnreachableException.class).hasMessageContaining("3 of 3 hosts failed:");
        for (int host = 0; host < 3; host++) {
            assertThat(failure)
                    .hasMessageContaining(story.label(host) + ": refuses to log in user 'deploy' (offered " + wrong);
        }
    }

    @Test
    void deploy_whenTheIdentityIsNoKey_saysSo() throws IOException {
        story.settings.identity = Files.writeString(keys.resolve("id"), "nonsense");

        assertThat(failure()).isInstanceOf(ConfigurationException.class).hasMessageContaining("is not a private key");
    }

    @Test
    void deploy_whenNothingListens_namesTheHostAndLeavesTheOthersUntouched() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        List<String> hosts = new ArrayList<>(story.settings.hosts);
        hosts.set(1, "deploy@127.0.0.1:" + port);
        story.settings.hosts = hosts;

        assertThat(failure())
                .isInstanceOf(TargetUnreachableException.class)
                .hasMessage(
                        "127.0.0.1:" + port + ": cannot connect to 127.0.0.1 port " + port + ": Connection refused");
        assertThat(story.on(0, "ls /var/www/shop")).doesNotContain("deploy_whenNothingListens");
    }

    @ParameterizedTest
    @CsvSource({"ed25519,256", "ecdsa,256", "ecdsa,521", "rsa,3072"})
    void connect_withKeysOfEveryKind_logsIn(String type, int bits) throws IOException {
        Path key = keys.resolve("id_" + type + bits);
        Story.run("ssh-keygen", "-q", "-t", type, "-b", "" + bits, "-N", "", "-f", key.toString());
        authorize(key);

        assertThat(whoami(Optional.of(key), Optional.empty())).isEqualTo("deploy");
    }

    @Test
    void connect_withTheAgentsKey_logsIn() throws IOException {
        Path socket = keys.resolve("agent");
        Path key = generate("ed25519");
        authorize(key);
        Process agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString()).start();
        try {
            assertThat(Poller.every(Duration.ofMillis(20))
                            .ask(
                                    TIMEOUT,
                                    CancellationToken.create(),
                                    () -> Optional.of(socket).filter(Files::exists)))
                    .isPresent();
            new LocalCommand(List.of("ssh-add", "-q", key.toString()), keys, Map.of("SSH_AUTH_SOCK", socket.toString()))
                    .run(line -> {}, CancellationToken.create());
            Files.delete(key);

            assertThat(whoami(Optional.empty(), Optional.of(socket))).isEqualTo("deploy");
        } finally {
            agent.destroy();
        }
    }

    @Test
    void connect_whenTheKeyHasAPassphrase_asksForAnAgent() {
        Path key = keys.resolve("locked");
        Story.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "passphrase", "-f", key.toString());

        assertThatThrownBy(() -> whoami(Optional.of(key), Optional.empty()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("has a passphrase");
    }

    private String whoami(Optional<Path> identity, Optional<Path> agent) {
        Map<String, String> environment =
                agent.map(socket -> Map.of("SSH_AUTH_SOCK", socket.toString())).orElse(Map.of());
        Connections connections = new Connections(
                new JschConnector(
                        Optional.of(sandbox.knownHosts()),
                        new JschIdentities(identity, NOBODY, environment),
                        Optional.of(TIMEOUT)),
                TIMEOUT);
        HostAddress host = HostAddress.parse(sandbox.sshHosts().get(0).address());
        try (RemoteShell shell = new RemoteShell(host, connections, "/var/www/shop", TIMEOUT)) {
            return shell.run("id -un", CancellationToken.create()).orFail("id").lastLine();
        }
    }

    private Path generate(String type) {
        Path key = keys.resolve("generated_" + type);
        Story.run("ssh-keygen", "-q", "-t", type, "-N", "", "-f", key.toString());
        return key;
    }

    private void authorize(Path key) throws IOException {
        String line = Files.readString(Path.of(key + ".pub")).strip();
        story.on(0, "echo '" + line + "' >> ~/.ssh/authorized_keys");
    }
}
