package io.deployflow.ssh;

import io.deployflow.CancellationToken;
import io.deployflow.spi.Poller;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections: few handshakes at a time, because an SSH server drops what comes above its MaxStartups, and again
 * where one was dropped so.
 */
final class Connections {
    private static final int HANDSHAKES = 8;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final HostConnection.Connector connector;
    private final Duration timeout;
    private final Semaphore handshakes = new Semaphore(HANDSHAKES);

    /**
     * Opens by a connector.
     *
     * @param timeout for how long to try again where a connection was dropped
     */
    Connections(HostConnection.Connector connector, Duration timeout) {
        this.connector = connector;
        this.timeout = timeout;
    }

    /**
     * Connects to a host.
     *
     * @throws io.deployflow.DeployException if it cannot be reached or refuses
     */
    HostConnection open(HostAddress host, CancellationToken cancellation) {
        Endpoint endpoint = SshConfig.resolve(host, cancellation);
        AtomicReference<@Nullable Throwable> dropped = new AtomicReference<>();
        return Poller.every(PAUSE)
                .ask(timeout, cancellation, () -> attempt(endpoint, dropped))
                .orElseThrow(() -> ConnectFailures.unreachable(
                        endpoint, "the server keeps closing the connection", dropped.get()));
    }

    private Optional<HostConnection> attempt(Endpoint endpoint, AtomicReference<@Nullable Throwable> dropped) {
        handshakes.acquireUninterruptibly();
        try {
            return Optional.of(connector.connect(endpoint));
        } catch (HostConnection.DroppedException e) {
            dropped.set(e);
            return Optional.empty();
        } finally {
            handshakes.release();
        }
    }
}
