package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.CancellationToken;
import io.deployflow.DeployCancelledException;
import io.deployflow.TargetUnreachableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class BegunConnectionsTest {
    private static final Routes CONFIG =
            new Routes(new SshConfig(Optional.of(Path.of("/dev/null")), Path.of("/nonexistent")), Optional.empty());
    private static final HostAddress HOST = HostAddress.parse("deploy@app1");

    private final List<HostConnection> made = new CopyOnWriteArrayList<>();
    private final CountDownLatch mayConnect = new CountDownLatch(1);
    private final CountDownLatch connects = new CountDownLatch(1);

    private HostConnection connection() {
        HostConnection connection = new IdleConnection();
        made.add(connection);
        return connection;
    }

    private HostConnection whenAllowed() {
        connects.countDown();
        await(mayConnect);
        return connection();
    }

    private static Connections by(HostConnection.Connector connector) {
        return new Connections(CONFIG, connector, Duration.ofMinutes(10));
    }

    private static HostConnection open(Connections connections) {
        return connections.open(HOST, CancellationToken.create());
    }

    @Test
    void open_ofAHostThatWasBegunWith_isThatConnection_once() {
        Connections connections = by(endpoint -> connection());
        connections.begin(List.of(HOST), 1);
        Awaitility.await("it is made before anybody asks").until(() -> !made.isEmpty());

        HostConnection first = open(connections);
        HostConnection second = open(connections);

        assertThat(made).containsExactly(first, second);
        assertThat(first).isNotSameAs(second);
    }

    @Test
    void open_whileItIsBeingMade_waitsForIt() {
        Connections connections = by(endpoint -> whenAllowed());
        connections.begin(List.of(HOST), 1);
        await(connects);
        mayConnect.countDown();

        HostConnection taken = open(connections);

        assertThat(made).containsExactly(taken);
    }

    @Test
    void open_ofAHostWhoseTurnHasNotCome_doesNotWaitForTheOthers() {
        Connections connections = by(endpoint -> endpoint.hostname().equals("slow") ? whenAllowed() : connection());
        connections.begin(List.of(HostAddress.parse("slow"), HOST), 1);
        await(connects);

        assertThat(made).isEmpty();
        assertThat(open(connections).isOpen()).isTrue();
        mayConnect.countDown();
    }

    @Test
    void open_whereTheBegunOneFailed_tellsWhy_andConnectsAnewTheNextTime() {
        CountDownLatch failed = new CountDownLatch(1);
        Connections connections = by(endpoint -> {
            if (failed.getCount() > 0) {
                failed.countDown();
                throw ConnectFailures.refused(endpoint, List.of("key"), new IOException());
            }
            return connection();
        });
        connections.begin(List.of(HOST), 1);
        await(failed);

        assertThatThrownBy(() -> open(connections))
                .isInstanceOf(TargetUnreachableException.class)
                .hasMessageContaining("app1");
        assertThat(open(connections).isOpen()).isTrue();
    }

    @Test
    void open_whereTheBegunOneHasBroken_connectsAnew() {
        Connections connections = by(endpoint -> {
            HostConnection connection = connection();
            if (made.size() == 1) {
                connection.close();
            }
            return connection;
        });
        connections.begin(List.of(HOST), 1);

        assertThat(open(connections).isOpen()).isTrue();
        assertThat(made).hasSize(2);
    }

    @Test
    void open_whenCancelledWhileTheBegunOneIsTriedAgain_endsAtOnce() {
        CancellationToken token = CancellationToken.create();
        Connections connections = by(endpoint -> {
            connects.countDown();
            throw new HostConnection.DroppedException("closed by foreign host", new IOException());
        });
        connections.begin(List.of(HOST), 1);
        await(connects);
        token.cancel();

        assertThatThrownBy(() -> connections.open(HOST, token)).isInstanceOf(DeployCancelledException.class);
    }

    @Test
    void close_closesThoseThatNobodyTook() throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(1);
        Connections connections = by(endpoint -> {
            if (!endpoint.hostname().equals("app1")) {
                return connection();
            }
            connects.countDown();
            return closing(closed);
        });
        HostAddress other = HostAddress.parse("other");
        connections.begin(List.of(HOST, other), 1);
        await(connects);
        HostConnection taken = connections.open(other, CancellationToken.create());

        connections.close();

        assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(taken.isOpen()).isTrue();
    }

    @Test
    void close_whileOneIsBeingMade_closesItThen() throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(1);
        Connections connections = by(endpoint -> {
            connects.countDown();
            await(mayConnect);
            return closing(closed);
        });
        connections.begin(List.of(HOST), 1);
        await(connects);

        connections.close();
        mayConnect.countDown();

        assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
    }

    private static HostConnection closing(CountDownLatch closed) {
        return new IdleConnection() {
            @Override
            public void close() {
                super.close();
                closed.countDown();
            }
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
