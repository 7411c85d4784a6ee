package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JschAgentsTest {
    private final JschAgents agents = new JschAgents(Duration.ofMillis(100));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void at_anAgentThatNeverAnswers_saysSoAfterItsTime() throws IOException {
        Path socket = folder.resolve("agent");
        try (ServerSocketChannel hung = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            hung.bind(UnixDomainSocketAddress.of(socket));

            JschAgents.Agent agent = agents.at(socket);

            assertThat(agent.keys()).isEmpty();
            assertThat(agent.trouble()).isEqualTo("no answer within 100 ms");
        }
    }

    @Test
    void at_nothing_saysThatItDoesNotAnswer() {
        assertThat(agents.at(folder.resolve("none")).trouble()).isNotEmpty();
    }
}
