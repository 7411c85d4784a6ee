package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.CancellationToken;
import io.deployflow.ConfigurationException;
import io.deployflow.DeployException;
import io.deployflow.sandbox.ssh.Relay;
import io.deployflow.spi.LocalCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ssh_config says of hosts and keys, on real hosts and with a real agent. */
class SshConfigIT extends RealHosts {
    private static final int KEYS = 8;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @BeforeEach
    void nameByAliases() {
        story.settings.hosts = List.of("app1", "app2", "app3");
        story.settings.identity = null;
        story.settings.knownHostsAsSshConfigSays = true;
    }

    /** Aliases for all hosts, whose keys are in two known_hosts files, under names of their own. */
    private void sshConfig(String more) throws IOException {
        List<String> known = Files.readAllLines(sandbox.knownHosts());
        Files.writeString(folder.resolve("known_1"), known.get(0).replaceFirst("[^ ]+", "first") + "\n");
        Files.write(folder.resolve("known_2"), known.subList(1, 3));
        Story.run("ssh-keygen", "-q", "-H", "-f", folder.resolve("known_2").toString());
        StringBuilder hosts = new StringBuilder("Host app1\n  HostKeyAlias first\n");
        for (int i = 0; i < 3; i++) {
            hosts.append("Host app%d\n  Port %d\n"
                    .formatted(i + 1, sandbox.sshHosts().get(i).port()));
        }
        Files.writeString(folder.resolve("hosts"), hosts);
        story.settings.sshConfig = Files.writeString(folder.resolve("ssh_config"), """
                Host app* !app9
                  HostName 127.0.0.1
                  User deploy
                  UserKnownHostsFile %1$s/known_1 %1$s/known_2
                  GlobalKnownHostsFile none
                  Include %1$s/hosts
                Host *
                """.formatted(folder) + more);
    }

    private DeployException failure() {
        return story.deploy().failure().orElseThrow();
    }

    @Test
    void deploy_withAnAgentOfManyKeys_offersTheOneThatAFileNames() throws IOException {
        Path socket = folder.resolve("agent");
        Process agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString()).start();
        try {
            Awaitility.await().until(() -> Files.exists(socket));
            List<Path> keys = IntStream.range(0, KEYS)
                    .mapToObj(i -> generate("other" + i, ""))
                    .toList();
            List<String> words = new ArrayList<>(List.of("ssh-add", "-q"));
            keys.forEach(key -> words.add(key.toString()));
            words.add(sandbox.identity().toString());
            new LocalCommand(words, folder, Map.of("SSH_AUTH_SOCK", socket.toString()))
                    .run(line -> {}, CancellationToken.create());
            Path named = folder.resolve("named.pub");
            Files.writeString(
                    named,
                    Story.run("ssh-keygen", "-y", "-f", sandbox.identity().toString()));

            sshConfig("  IdentityAgent " + socket + "\n  IdentityFile " + named + "\n");
            story.deploy().orThrow();
            assertThat(story.served()).containsOnly("one");

            sshConfig("  IdentityAgent " + socket + "\n  IdentityFile /none\n");
            DeployException tooMany = failure();
            assertThat(tooMany).hasMessageContaining("app1: refuses to log in user 'deploy' (offered ");
            assertThat(tooMany.remedy()).startsWith("A server looks at the first 5 keys or so: name the right one");
        } finally {
            agent.destroy();
        }
    }

    @Test
    void deploy_withAKeyThatHasAPassphrase_unlocksItByTheSetting() throws IOException {
        Path locked = folder.resolve("locked");
        Files.copy(sandbox.identity(), locked);
        Story.run("ssh-keygen", "-q", "-p", "-P", "", "-N", "open sesame", "-f", locked.toString());
        sshConfig("  IdentityAgent none\n");
        story.settings.identity = locked;

        assertThat(failure())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("identity " + locked + " has a passphrase, and there is nobody to ask for it");

        story.settings.passphrase = "wrong";
        assertThat(failure()).hasMessage("identity " + locked + " has another passphrase");

        story.settings.passphrase = "open sesame";
        story.deploy().orThrow();
        assertThat(story.served()).containsOnly("one");
    }

    @Test
    void deploy_whereServersDropEveryThirdConnection_succeeds() throws IOException {
        AtomicInteger dropped = new AtomicInteger();
        sshConfig("  IdentityAgent none\n");
        story.settings.identity = sandbox.identity();
        List<Relay> relays = sandbox.sshHosts().stream()
                .map(host -> Relay.to("127.0.0.1", host.port()))
                .toList();
        try {
            relays.forEach(relay -> relay.drop(number -> number % 3 == 1 && dropped.incrementAndGet() > 0));
            String config = Files.readString(folder.resolve("hosts"));
            for (int i = 0; i < 3; i++) {
                config = config.replace(
                        "Port " + sandbox.sshHosts().get(i).port(),
                        "HostKeyAlias [127.0.0.1]:%d\n  Port %d"
                                .formatted(
                                        sandbox.sshHosts().get(i).port(),
                                        relays.get(i).port()));
            }
            Files.writeString(folder.resolve("hosts"), config);

            story.deploy().orThrow();

            assertThat(story.served()).containsOnly("one");
            assertThat(dropped).hasValueGreaterThanOrEqualTo(3);
        } finally {
            relays.forEach(Relay::close);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"app1", "app9", "db", "deploy@db:2200", "other.example.com"})
    void resolve_withoutSsh_isWhatSshSays(String name) throws IOException {
        sshConfig("""
                  IdentityFile "~/.ssh/with space"
                Host db
                  HostName %h.example.com
                  ProxyJump jump@gate:2222
                  IdentitiesOnly yes
                Host *.example.com db !app*
                  Port=2201
                  ServerAliveInterval 7
                  ConnectTimeout 4
                  IdentityFile ~/.ssh/%r
                """);
        HostAddress host = HostAddress.parse(name);
        Path config = folder.resolve("ssh_config");
        Endpoint ours = new SshConfig(java.util.Optional.of(config), folder).resolve(host, CancellationToken.create());
        Files.writeString(config, Files.readString(config) + "Match exec false\n");
        assertThat(SshConfigReader.read(config, folder, folder).needsSsh()).isTrue();

        Endpoint sshs = new SshConfig(java.util.Optional.of(config), folder).resolve(host, CancellationToken.create());

        assertThat(ours.login()).isEqualTo(sshs.login());
        assertThat(ours.knownNames()).isEqualTo(sshs.knownNames());
        assertThat(ours.identityFiles()).isEqualTo(sshs.identityFiles());
        assertThat(ours.options().one("proxyjump")).isEqualTo(sshs.options().one("proxyjump"));
        assertThat(ours.options().isYes("identitiesonly"))
                .isEqualTo(sshs.options().isYes("identitiesonly"));
        assertThat(ours.options().time("connecttimeout"))
                .isEqualTo(sshs.options().time("connecttimeout"));
        assertThat(ours.aliveInterval(Duration.ZERO)).isEqualTo(sshs.aliveInterval(Duration.ZERO));
    }

    private Path generate(String name, String passphrase) {
        Path key = folder.resolve(name);
        Story.run("ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-f", key.toString());
        return key;
    }
}
