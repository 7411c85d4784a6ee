package io.deployflow.benchmark.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SwarmTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void hosts_whenToldTheSamePath_eachWorkInADirectoryOfTheirOwn() throws Exception {
        try (Swarm swarm = Swarm.start(2, folder);
                SshClient client = SshClient.setUpDefaultClient()) {
            client.setServerKeyVerifier((session, address, key) -> true);
            client.setKeyIdentityProvider(new FileKeyPairProvider(folder.resolve("id")));
            client.start();

            for (int number = 1; number <= 2; number++) {
                String path = folder.resolve(SwarmServer.ANY_HOST) + "/file";
                assertThat(run(client, swarm, number, "cat > " + path + "; exit 3", "of " + SwarmServer.ANY_HOST))
                        .isEqualTo(3);
            }
        }
        assertThat(Files.readString(folder.resolve("host-0001/file"))).isEqualTo("of host-0001");
        assertThat(Files.readString(folder.resolve("host-0002/file"))).isEqualTo("of host-0002");
    }

    @Test
    void connection_thatIsLostBeforeTheKey_isClosedAtOnce() throws Exception {
        try (Swarm swarm = Swarm.start(1, folder)) {
            swarm.lose(Losses.of(1, 0));

            try (Socket socket = new Socket(SwarmServer.address(1), swarm.port())) {
                socket.setSoTimeout((int) LONG.toMillis());
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    private static int run(SshClient client, Swarm swarm, int number, String command, String input) throws Exception {
        try (ClientSession session = client.connect("deploy", SwarmServer.address(number), swarm.port())
                .verify(LONG)
                .getSession()) {
            session.auth().verify(LONG);
            try (var channel = session.createExecChannel(command)) {
                channel.open().verify(LONG);
                channel.getInvertedIn().write(input.getBytes(StandardCharsets.UTF_8));
                channel.getInvertedIn().close();
                channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), LONG);
                return channel.getExitStatus();
            }
        }
    }
}
