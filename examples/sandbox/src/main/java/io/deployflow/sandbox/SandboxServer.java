package io.deployflow.sandbox;

import io.deployflow.sandbox.api.Api;
import io.deployflow.sandbox.ecs.Arns;
import io.deployflow.sandbox.scheduler.Ids;
import io.deployflow.sandbox.wire.HttpFront;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;

/**
 * The control plane: an HTTP endpoint over a {@link Cloud}, and a {@link Ticker} that moves it on. Tests start it with
 * ports of their own.
 */
public final class SandboxServer implements AutoCloseable {

    private final HttpFront front;
    private final Ticker ticker;

    private SandboxServer(HttpFront front, Ticker ticker) {
        this.front = front;
        this.ticker = ticker;
    }

    /**
     * Starts a control plane.
     *
     * @param settings how it is set up
     * @param ports the data plane
     * @return the running server; closing it stops it and leaves the data plane as it is
     */
    public static SandboxServer start(SandboxSettings settings, Ports ports) {
        Clock clock = Clock.systemUTC();
        Arns arns = new Arns(settings.region(), settings.account());
        Cloud cloud = new Cloud(arns, clock, settings.timings(), new Ids(new SecureRandom()), ports);
        Object lock = new Object();
        HttpFront front = new HttpFront(settings.port(), Api.of(cloud), lock, clock);
        Ticker ticker = new Ticker(cloud, ports, lock);
        ticker.start();
        return new SandboxServer(front, ticker);
    }

    /** {@return what AWS_ENDPOINT_URL should be} */
    public URI url() {
        return front.url();
    }

    @Override
    public void close() {
        front.close();
        ticker.close();
    }
}
