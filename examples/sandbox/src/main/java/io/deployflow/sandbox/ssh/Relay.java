package io.deployflow.sandbox.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.IntPredicate;

/**
 * A network between a client and one server, on this machine: adds latency, slows down, and fails by command. Listens
 * on 127.0.0.1. Every method may be called at any time, from any thread; what is told applies to the connections that
 * are open and to later ones.
 *
 * <pre>{@code
 * try (Relay relay = Relay.to("127.0.0.1", 2222).roundTrip(Duration.ofMillis(50))) {
 *     relay.whenSent(1_000_000, relay::cut);
 *     deployTo("127.0.0.1", relay.port());
 * }
 * }</pre>
 */
public final class Relay implements AutoCloseable {
    private final RelayLoop loop;

    private Relay(RelayLoop loop) {
        this.loop = loop;
    }

    /**
     * Starts one with no latency and no limit, on a free port.
     *
     * @param host the server's address
     * @param port the server's TCP port; nothing need listen there yet
     * @return a running relay
     * @throws UncheckedIOException if it cannot listen
     */
    public static Relay to(String host, int port) {
        try {
            return new Relay(RelayLoop.start(new InetSocketAddress(host, port)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on 127.0.0.1: " + e.getMessage(), e);
        }
    }

    /**
     * Where it listens, on 127.0.0.1; the same for all of its life.
     *
     * @return a TCP port
     */
    public int port() {
        return loop.port();
    }

    /**
     * Sets the latency: each byte arrives half a round trip after it was sent, and a connection is open at the server
     * one and a half round trips after it was asked for, as with TCP's own handshake.
     *
     * @param latency of one way and back; zero for none
     * @return this relay
     */
    public Relay roundTrip(Duration latency) {
        loop.tell(link -> link.halfTripNanos = latency.toNanos() / 2);
        return this;
    }

    /**
     * Limits how fast bytes pass, each way and each connection.
     *
     * @param bytesPerSecond at most so many; 0 for no limit
     * @return this relay
     */
    public Relay limit(long bytesPerSecond) {
        loop.tell(link -> link.bytesPerSecond = bytesPerSecond);
        return this;
    }

    /**
     * Drops connections as an sshd does above its MaxStartups: closes them as soon as they are open, with no byte sent.
     *
     * @param which is asked with each new connection's number, the first one being 1
     * @return this relay
     */
    public Relay drop(IntPredicate which) {
        loop.tell(link -> link.dropped = which);
        return this;
    }

    /** Lets no byte pass from now on, with every connection left open: a network, or a host, that is gone silent. */
    public void stall() {
        loop.tell(link -> link.stalled = true);
    }

    /** Lets bytes pass again after {@link #stall()}; none was lost. */
    public void resume() {
        loop.tell(link -> link.stalled = false);
    }

    /** Resets every open connection on both sides, with what was under way; new ones are let in. */
    public void cut() {
        loop.tell(RelayLoop.Link::cut);
    }

    /** Refuses new connections from now on, as a host does on which nothing listens; open ones stay. */
    public void refuse() {
        loop.tell(RelayLoop.Link::refuse);
    }

    /** Takes new connections again after {@link #refuse()}. */
    public void accept() {
        loop.tell(RelayLoop.Link::accept);
    }

    /**
     * Does something as soon as so many bytes were sent to the server, counted over all connections from the relay's
     * start; at once if they were already. One such thing at a time: telling another replaces one that is to come.
     *
     * @param bytes how many
     * @param action such as {@code relay::cut}; runs on the relay's own thread, so must not wait
     */
    public void whenSent(long bytes, Runnable action) {
        loop.tell(link -> link.whenSent(bytes, action));
    }

    /**
     * How many connections clients have opened so far, the dropped ones included.
     *
     * @return a count
     */
    public int connections() {
        return loop.connections();
    }

    /**
     * How many bytes clients have sent to the server so far.
     *
     * @return a count over all connections
     */
    public long bytesToServer() {
        return loop.bytesToServer();
    }

    /**
     * How many bytes the server has sent to clients so far.
     *
     * @return a count over all connections
     */
    public long bytesToClients() {
        return loop.bytesToClients();
    }

    /** Resets every connection and listens no more. */
    @Override
    public void close() {
        loop.close();
    }
}
