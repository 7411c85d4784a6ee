package io.deployflow.sandbox;

import io.deployflow.sandbox.api.CloudPlane;
import io.deployflow.sandbox.ecs.Arns;
import io.deployflow.sandbox.scheduler.Ids;
import io.deployflow.sandbox.wire.HttpFront;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/**
 * The control plane: an HTTP endpoint over {@link Clouds}, and what moves it on. Tests start it with ports of their
 * own.
 */
public final class SandboxServer implements AutoCloseable {

    private static final long BEAT_MILLIS = 100;

    private final HttpFront front;
    private final Beat beat;
    private final Clouds clouds;
    private Optional<Ticker> ticker = Optional.empty();

    private SandboxServer(HttpFront front, Beat beat, Clouds clouds) {
        this.front = front;
        this.beat = beat;
        this.clouds = clouds;
    }

    /**
     * Starts a control plane.
     *
     * @param settings how it is set up
     * @param ports the data plane
     * @return the running server; closing it stops it and leaves the data plane as it is
     */
    public static SandboxServer start(SandboxSettings settings, Ports ports) {
        SandboxServer server = still(settings, ports, Clock.systemUTC());
        server.ticker = Optional.of(Ticker.every(BEAT_MILLIS, server::beat));
        return server;
    }

    /** Starts a control plane that answers, but in which nothing moves on but by {@link #beat}. */
    static SandboxServer still(SandboxSettings settings, Ports ports, Clock clock) {
        Arns arns = new Arns(settings.region(), settings.account());
        Clouds clouds = new Clouds(arns, clock, settings.timings(), new Ids(new SecureRandom()), ports);
        Object lock = new Object();
        HttpFront front = new HttpFront(settings.port(), new CloudPlane(clouds), lock, clock);
        return new SandboxServer(front, new Beat(clouds, ports, lock), clouds);
    }

    /** Observes, decides and has it done, once; one thread at a time. */
    void beat() {
        beat.beat();
    }

    /** {@return the clock of every answer} */
    SkewedClock clock() {
        return clouds.clock();
    }

    /** {@return what AWS_ENDPOINT_URL should be} */
    public URI url() {
        return front.url();
    }

    @Override
    public void close() {
        front.close();
        ticker.ifPresent(Ticker::close);
    }
}
