package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.CancellationToken;
import io.deployflow.ConfigurationException;
import io.deployflow.TargetUnreachableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionsTest {
    private static final HostAddress HOST = HostAddress.parse("deploy@app1");

    private static HostConnection.DroppedException dropped() {
        return new HostConnection.DroppedException("connection is closed by foreign host", new IOException());
    }

    @Test
    void open_whenTheServerDropsSome_triesAgain() {
        AtomicInteger attempts = new AtomicInteger();
        Connections connections = new Connections(
                endpoint -> {
                    if (attempts.incrementAndGet() < 3) {
                        throw dropped();
                    }
                    return new NoConnection();
                },
                Duration.ofSeconds(10));

        assertThat(connections.open(HOST, CancellationToken.create()).isOpen()).isTrue();
        assertThat(attempts).hasValue(3);
    }

    @Test
    void open_whenTheServerDropsAll_givesUp() {
        Connections connections = new Connections(
                endpoint -> {
                    throw dropped();
                },
                Duration.ofMillis(10));

        assertThatThrownBy(() -> connections.open(HOST, CancellationToken.create()))
                .isInstanceOf(TargetUnreachableException.class)
                .hasMessageEndingWith("the server keeps closing the connection");
    }

    @Test
    void open_ofManyAtOnce_hasAtMostEightInHandshake() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Connections connections = new Connections(
                endpoint -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    pause();
                    now.decrementAndGet();
                    return new NoConnection();
                },
                Duration.ofSeconds(10));

        List<Thread> threads = IntStream.range(0, 24)
                .mapToObj(i -> new Thread(() -> connections.open(HOST, CancellationToken.create())))
                .toList();
        threads.forEach(Thread::start);
        threads.forEach(ConnectionsTest::join);

        assertThat(most.get()).isBetween(2, 8);
    }

    @Test
    void open_whereSshRefusesTheAddress_saysWhySsh() {
        Connections connections = new Connections(endpoint -> new NoConnection(), Duration.ofSeconds(1));

        assertThatThrownBy(() -> connections.open(HostAddress.parse("app$1"), CancellationToken.create()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("app$1: ssh does not accept the host or its configuration: ");
    }

    @Test
    void connect_whereADefaultIdentityIsAPublicKey_goesOnWithoutIt(@TempDir Path home) throws IOException {
        Path key = Files.writeString(home.resolve("id_ed25519_sk.pub"), "sk-ssh-ed25519@openssh.com AAAA me\n");
        Endpoint endpoint = new Endpoint(HOST, "127.0.0.1", 1, "deploy", List.of(key), Optional.empty());
        JschConnector connector = new JschConnector(
                home.resolve("known_hosts"), Optional.empty(), Optional.empty(), Duration.ofSeconds(1));

        assertThatThrownBy(() -> connector.connect(endpoint))
                .isInstanceOf(TargetUnreachableException.class)
                .hasMessageContaining("Connection refused");
    }

    private static void pause() {
        try {
            Thread.sleep(30);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record NoConnection() implements HostConnection {
        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public RemoteProcess start(String command, InputStream input, OutputStream output, OutputStream error) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int forward(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void unforward(int localPort) {}

        @Override
        public void close() {}
    }
}
