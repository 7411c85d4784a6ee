package io.deployflow.ssh;

import io.deployflow.CancellationToken;
import io.deployflow.TargetUnreachableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Opens connections: to one server few handshakes at a time, because it drops what comes above its MaxStartups, and
 * again where one was dropped so and that is wanted. What was refused, or did not answer in time, is not tried again:
 * that is an answer.
 */
final class Connections implements AutoCloseable {
    // A server's MaxStartups begins to drop at 10 as it comes.
    private static final int HANDSHAKES = 8;
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));

    private final Routes routes;
    private final HostConnection.Connector connector;
    private final Duration patience;
    private final int retries;
    // By text: to compare records, Java makes code when that first happens, which takes as long as a handshake.
    private final Map<String, Endpoint> endpoints = new ConcurrentHashMap<>();
    private final Map<String, Semaphore> handshakes = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> tries = new ConcurrentHashMap<>();
    private final Bastions bastions = new Bastions();
    private final BegunConnections begun = new BegunConnections();

    /** Opens by a connector, to where ssh_config of who runs this says. */
    Connections(HostConnection.Connector connector, Duration patience) {
        this(new Routes(SshConfig.ofThisUser(), Optional.empty()), connector, patience);
    }

    /** Opens by a connector, and tries again as often as there is time. */
    Connections(Routes routes, HostConnection.Connector connector, Duration patience) {
        this(routes, connector, patience, Integer.MAX_VALUE);
    }

    /**
     * Opens by a connector.
     *
     * @param routes finds the way to a host
     * @param patience for how long to try again where a connection was dropped
     * @param retries how often to try again at most
     */
    Connections(Routes routes, HostConnection.Connector connector, Duration patience, int retries) {
        this.routes = routes;
        this.connector = connector;
        this.patience = patience;
        this.retries = retries;
    }

    /**
     * Begins to connect to hosts, before anybody asks for that.
     *
     * @param parallel to how many at a time
     */
    void begin(List<HostAddress> hosts, int parallel) {
        begun.begin(hosts, parallel, this::connect);
    }

    /**
     * Connects to a host.
     *
     * @throws io.deployflow.DeployException if it cannot be reached or refuses
     */
    HostConnection open(HostAddress host, CancellationToken cancellation) {
        return begun.take(host, cancellation).orElseGet(() -> connect(host, cancellation));
    }

    private HostConnection connect(HostAddress host, CancellationToken cancellation) {
        Endpoint endpoint = endpoints.get(host.sshCommand());
        if (endpoint == null) {
            endpoint = routes.to(host, cancellation);
            endpoints.put(host.sshCommand(), endpoint);
        }
        AtomicInteger count = tries.computeIfAbsent(host.sshCommand(), none -> new AtomicInteger());
        return open(endpoint, cancellation, count::incrementAndGet);
    }

    /** How often it was tried to log in to a host, since that was asked last. */
    int tries(HostAddress host) {
        AtomicInteger count = tries.get(host.sshCommand());
        return count == null ? 0 : count.getAndSet(0);
    }

    private HostConnection open(Endpoint endpoint, CancellationToken cancellation, Runnable tried) {
        long start = System.nanoTime();
        for (int tries = 1; ; tries++) {
            try {
                return attempt(endpoint, cancellation, tried);
            } catch (HostConnection.DroppedException e) {
                Duration left = patience.minusNanos(System.nanoTime() - start);
                if (left.isNegative() || tries > retries) {
                    throw dropped(endpoint, tries, e);
                }
                Duration pause = BACKOFF.pause(tries, ThreadLocalRandom.current());
                pause(pause.compareTo(left) < 0 ? pause : left, cancellation);
            }
        }
    }

    private static TargetUnreachableException dropped(Endpoint endpoint, int tries, Throwable cause) {
        return ConnectFailures.unreachable(
                endpoint,
                "the server closed the connection before the login, %s"
                        .formatted(tries == 1 ? "once" : tries + " times"),
                cause);
    }

    private HostConnection attempt(Endpoint endpoint, CancellationToken cancellation, Runnable tried)
            throws HostConnection.DroppedException {
        HostConnection bastion = endpoint.bastion().isEmpty()
                ? null
                : bastion(endpoint, endpoint.bastion().get(), cancellation);
        Semaphore permits = handshakes.computeIfAbsent(endpoint.server(), key -> new Semaphore(HANDSHAKES));
        take(permits, cancellation);
        try {
            cancellation.throwIfCancelled();
            tried.run();
            return bastion == null ? connector.connect(endpoint) : connector.connect(endpoint, bastion);
        } finally {
            permits.release();
        }
    }

    private static void take(Semaphore permits, CancellationToken cancellation) {
        try {
            while (!permits.tryAcquire(TICK.toNanos(), TimeUnit.NANOSECONDS)) {
                cancellation.throwIfCancelled();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while waiting to connect", cause);
    }

    private HostConnection bastion(Endpoint endpoint, Endpoint bastion, CancellationToken cancellation) {
        try {
            return bastions.to(bastion, () -> open(bastion, cancellation, () -> {}));
        } catch (TargetUnreachableException e) {
            throw ConnectFailures.behind(endpoint, e);
        }
    }

    private static void pause(Duration pause, CancellationToken cancellation) {
        CountDownLatch cancelled = new CountDownLatch(1);
        try (CancellationToken.Registration registration = cancellation.onCancel(cancelled::countDown)) {
            if (cancelled.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                cancellation.throwIfCancelled();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Lets go of the bastions; every connection through one must be closed by then. */
    @Override
    public void close() {
        begun.close();
        bastions.close();
    }
}
