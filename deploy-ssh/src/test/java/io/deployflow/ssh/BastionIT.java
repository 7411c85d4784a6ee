package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.CancellationToken;
import io.deployflow.DeployException;
import io.deployflow.TargetUnreachableException;
import io.deployflow.sandbox.ssh.SshHost;
import io.deployflow.sandbox.ssh.SshHosts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three hosts that are only reached through a fourth; their addresses mean something to that one alone. */
class BastionIT extends RealHosts {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Passphrases NOBODY = new Passphrases(Optional.empty(), file -> Optional.empty());

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private List<String> known;

    @Override
    int hosts() {
        return 4;
    }

    @BeforeEach
    void hideBehindTheBastion() throws IOException {
        List<SshHost> all = sandbox.sshHosts();
        story = new Story(
                new SshHosts(all.subList(1, 4), sandbox.identity(), sandbox.knownHosts()),
                story.source,
                story.settings.deployTo.replaceFirst(".*/", ""));
        story.settings.hosts = List.of("deploy@app1", "deploy@app2", "deploy@app3");
        known = new ArrayList<>(Files.readAllLines(sandbox.knownHosts()));
        IntStream.rangeClosed(1, 3).forEach(i -> known.set(i, known.get(i).replaceFirst("[^ ]+", "app" + i)));
        story.settings.knownHosts = folder.resolve("known_hosts");
        Files.write(story.settings.knownHosts, known);
        sshConfig("""
                Host app*
                  ProxyJump bastion
                """);
    }

    private void sshConfig(String begin) throws IOException {
        StringBuilder text = new StringBuilder(begin);
        text.append("Host bastion\n  HostName 127.0.0.1\n  User deploy\n  Port ")
                .append(bastion().port())
                .append('\n');
        for (int i = 1; i <= 3; i++) {
            text.append("Host app%d\n  HostName %s\n  HostKeyAlias app%d\n".formatted(i, address(i), i));
        }
        story.settings.sshConfig = Files.writeString(folder.resolve("ssh_config"), text);
    }

    private SshHost bastion() {
        return sandbox.sshHosts().get(0);
    }

    private String address(int host) {
        return Story.run(
                "docker",
                "inspect",
                "-f",
                "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}",
                sandbox.sshHosts().get(host).container());
    }

    /** From where each login at a host came. */
    private List<String> logins(int host) {
        String log = Story.run(
                "sh", "-c", "docker logs " + sandbox.sshHosts().get(host).container() + " 2>&1");
        return log.lines()
                .filter(line -> line.contains("Accepted publickey"))
                .map(line -> line.replaceFirst(".* from (\\S+) .*", "$1"))
                .toList();
    }

    private DeployException failure() {
        return story.deploy().failure().orElseThrow();
    }

    @Test
    void deploy_throughABastion_logsInToItOnce() {
        int before = logins(0).size();

        story.deploy().orThrow();

        assertThat(story.served()).containsOnly("one");
        assertThat(logins(0)).hasSize(before + 1);
        String bastion = address(0);
        for (int host = 1; host <= 3; host++) {
            assertThat(logins(host)).last().isEqualTo(bastion);
        }
    }

    @Test
    void deploy_throughTwo_passesThemInOrder() throws IOException {
        sshConfig("");
        story.settings.hosts = List.of("deploy@app2");
        story.settings.bastion = "bastion,deploy@app1";

        story.deploy().orThrow();

        assertThat(logins(1)).last().isEqualTo(address(0));
        assertThat(logins(2)).last().isEqualTo(address(1));
    }

    @Test
    void deploy_whenTheBastionsKeyIsUnknown_saysSoForEveryHostBehindIt() throws IOException {
        Files.write(story.settings.knownHosts, known.subList(1, 4));
        String key = known.get(0);

        DeployException failure = failure();

        assertThat(failure).isInstanceOf(TargetUnreachableException.class).hasMessageContaining("3 of 3 hosts failed:");
        for (int host = 1; host <= 3; host++) {
            assertThat(failure)
                    .hasMessageContaining(
                            "app" + host + ": its bastion cannot be used: bastion: its ssh-ed25519 host key SHA256:");
        }
        assertThat(failure.remedy())
                .endsWith("then trust it: echo '" + key + "' >> '" + story.settings.knownHosts + "'");
    }

    @Test
    void deploy_whenAHostsKeyIsUnknown_hasTheLineThatTrustsItThroughTheBastion() throws IOException {
        Files.write(story.settings.knownHosts, known.subList(0, 3));

        DeployException failure = failure();

        assertThat(failure).hasMessageMatching("app3: its ssh-ed25519 host key SHA256:\\S+ is not in .*");
        Story.run("sh", "-c", failure.remedy().substring(failure.remedy().indexOf("echo")));
        assertThat(Files.readAllLines(story.settings.knownHosts)).containsExactlyElementsOf(known);
    }

    @Test
    void deploy_whenNothingListensBehindTheBastion_saysThatTheBastionGetsNoConnection() {
        story.settings.hosts = List.of("deploy@app1", "deploy@app2:9", "deploy@app3");

        assertThat(failure())
                .hasMessage("app2:9: cannot connect to " + address(2)
                        + " port 9 through bastion: the bastion gets no connection there");
    }

    @Test
    void connection_whenTheBastionIsLost_saysThatItWasTheBastion() {
        JschIdentities identities = new JschIdentities(Optional.of(sandbox.identity()), NOBODY, Map.of());
        SshConfig config = new SshConfig(Optional.ofNullable(story.settings.sshConfig), folder);
        try (Connections connections = new Connections(
                new Routes(config, Optional.empty()),
                new JschConnector(Optional.of(story.settings.knownHosts), identities, Optional.of(SOON)),
                SOON)) {
            HostConnection app1 = connections.open(HostAddress.parse("deploy@app1"), CancellationToken.create());
            assertThat(app1.isOpen()).isTrue();

            Story.run("docker", "exec", bastion().container(), "sh", "-c", Story.KILL_CONNECTIONS);

            Awaitility.await().atMost(SOON).until(() -> !app1.isOpen());
            assertThat(app1.whyLost()).isEqualTo("the connection to its bastion was lost");
            HostConnection again = connections.open(HostAddress.parse("deploy@app1"), CancellationToken.create());
            assertThat(again.isOpen()).isTrue();
            again.close();
        }
    }
}
