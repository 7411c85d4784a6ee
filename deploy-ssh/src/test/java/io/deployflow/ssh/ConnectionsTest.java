package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.CancellationToken;
import io.deployflow.DeployCancelledException;
import io.deployflow.TargetUnreachableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionsTest {
    private static final Routes CONFIG =
            new Routes(new SshConfig(Optional.of(Path.of("/dev/null")), Path.of("/nonexistent")), Optional.empty());
    private static final HostAddress HOST = HostAddress.parse("deploy@app1");

    private static final int ALL = Integer.MAX_VALUE;

    private final AtomicInteger attempts = new AtomicInteger();

    /** A server that drops the first connections before their login. */
    private HostConnection droppingFirst(int count) throws HostConnection.DroppedException {
        if (attempts.incrementAndGet() <= count) {
            throw new HostConnection.DroppedException("connection is closed by foreign host", new IOException());
        }
        return new IdleConnection();
    }

    /** Threads that open a connection each, to the server of their number. */
    private static List<Thread> opening(int count, Connections connections, IntFunction<HostAddress> server) {
        List<Thread> threads = IntStream.range(0, count)
                .mapToObj(i -> new Thread(() -> connections.open(server.apply(i), CancellationToken.create())))
                .toList();
        threads.forEach(Thread::start);
        return threads;
    }

    @Test
    void open_whenTheServerDropsSome_triesAgain() {
        Connections connections = new Connections(CONFIG, endpoint -> droppingFirst(2), Duration.ofSeconds(10));

        assertThat(connections.open(HOST, CancellationToken.create()).isOpen()).isTrue();
        assertThat(attempts).hasValue(3);
    }

    @Test
    void connect_thatTakesSeveralTries_tellsOfEach() {
        List<String> asked = new ArrayList<>();
        Connections connections = new Connections(CONFIG, endpoint -> droppingFirst(2), Duration.ofSeconds(10));
        RemoteShell shell = new RemoteShell(HOST, connections, "/srv", Duration.ofSeconds(1), asked::add);

        shell.connect(CancellationToken.create());
        shell.connect(CancellationToken.create());

        assertThat(asked).containsExactly("connect", "connect", "connect");
    }

    /** Begun before anybody counted. */
    @Test
    void connect_whatWasBegunAheadAndFails_tellsOfEachTry() {
        List<String> asked = new ArrayList<>();
        Connections connections = new Connections(CONFIG, endpoint -> droppingFirst(ALL), Duration.ofMinutes(10), 1);
        RemoteShell shell = new RemoteShell(HOST, connections, "/srv", Duration.ofSeconds(1), asked::add);
        connections.begin(List.of(HOST), 1);

        assertThatThrownBy(() -> shell.connect(CancellationToken.create()))
                .isInstanceOf(TargetUnreachableException.class);
        assertThat(asked).containsExactly("connect", "connect");
    }

    @Test
    void open_whenTheServerDropsAll_givesUp() {
        Connections connections = new Connections(CONFIG, endpoint -> droppingFirst(ALL), Duration.ofMillis(10));

        assertThatThrownBy(() -> connections.open(HOST, CancellationToken.create()))
                .isInstanceOf(TargetUnreachableException.class)
                .hasMessageMatching(
                        "app1: cannot connect to app1 port 22: the server closed the connection before the login, (once|\\d+ times)");
    }

    @Test
    void open_whereTheServerDropsMoreThanTheRetriesWanted_givesUp() {
        Connections once = new Connections(CONFIG, endpoint -> droppingFirst(ALL), Duration.ofMinutes(10), 0);

        assertThatThrownBy(() -> once.open(HOST, CancellationToken.create()))
                .isInstanceOf(TargetUnreachableException.class)
                .hasMessageEndingWith("the server closed the connection before the login, once");
        assertThat(attempts).hasValue(1);
    }

    @Test
    void open_ofManyAtOnce_hasAtMostEightInHandshake() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Connections connections = new Connections(
                CONFIG,
                endpoint -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    pause();
                    now.decrementAndGet();
                    return new IdleConnection();
                },
                Duration.ofSeconds(10));

        List<Thread> threads = opening(24, connections, i -> HOST);
        threads.forEach(ConnectionsTest::join);

        assertThat(most.get()).isBetween(2, 8);
    }

    @Test
    void open_ofManyServersAtOnce_isLimitedForEachAlone() throws InterruptedException {
        CountDownLatch together = new CountDownLatch(12);
        Connections connections = new Connections(
                CONFIG,
                endpoint -> {
                    together.countDown();
                    await(together);
                    return new IdleConnection();
                },
                Duration.ofSeconds(10));

        List<Thread> threads = opening(12, connections, i -> HostAddress.parse("app" + i));

        assertThat(together.await(30, TimeUnit.SECONDS)).isTrue();
        threads.forEach(ConnectionsTest::join);
    }

    @Test
    void open_whileItWaitsToTryAgain_canBeCancelled() {
        CancellationToken token = CancellationToken.create();
        Connections connections = new Connections(
                CONFIG,
                endpoint -> {
                    token.cancel();
                    return droppingFirst(ALL);
                },
                Duration.ofMinutes(10));

        assertThatThrownBy(() -> connections.open(HOST, token)).isInstanceOf(DeployCancelledException.class);
    }

    @Test
    void open_whenTheHostRefuses_doesNotTryAgain() {
        Connections connections = new Connections(
                CONFIG,
                endpoint -> {
                    attempts.incrementAndGet();
                    throw ConnectFailures.refused(endpoint, List.of("key"), new IOException());
                },
                Duration.ofSeconds(10));

        assertThatThrownBy(() -> connections.open(HOST, CancellationToken.create()))
                .isInstanceOf(TargetUnreachableException.class);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void connect_whereADefaultIdentityIsAPublicKey_goesOnWithoutIt(@TempDir Path home) throws IOException {
        Files.createDirectories(home.resolve(".ssh"));
        Files.writeString(home.resolve(".ssh/id_ed25519"), "sk-ssh-ed25519@openssh.com AAAA me\n");
        Endpoint endpoint =
                new Endpoint(HOST, "127.0.0.1", 1, "deploy", SshOptions.NONE, home, false, Optional.empty());
        JschConnector connector = new JschConnector(
                Optional.empty(),
                new JschIdentities(Optional.empty(), Passphrases.of(Optional.empty()), Map.of()),
                Optional.of(Duration.ofSeconds(1)));

        assertThatThrownBy(() -> connector.connect(endpoint))
                .isInstanceOf(TargetUnreachableException.class)
                .hasMessageContaining("Connection refused");
    }

    @Test
    void open_whileItWaitsForItsTurn_canBeCancelled() throws InterruptedException {
        CountDownLatch inHandshake = new CountDownLatch(8);
        CountDownLatch answered = new CountDownLatch(1);
        Connections connections = new Connections(
                CONFIG,
                endpoint -> {
                    attempts.incrementAndGet();
                    inHandshake.countDown();
                    await(answered);
                    return new IdleConnection();
                },
                Duration.ofSeconds(10));
        List<Thread> threads = opening(8, connections, i -> HOST);
        inHandshake.await();
        CancellationToken token = CancellationToken.create();
        token.cancel();

        assertThatThrownBy(() -> connections.open(HOST, token)).isInstanceOf(DeployCancelledException.class);

        assertThat(attempts).hasValue(8);
        answered.countDown();
        threads.forEach(ConnectionsTest::join);
        assertThatThrownBy(() -> connections.open(HOST, token)).isInstanceOf(DeployCancelledException.class);
        assertThat(attempts).hasValue(8);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
}
