package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.CancellationToken;
import io.deployflow.TargetUnreachableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

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
