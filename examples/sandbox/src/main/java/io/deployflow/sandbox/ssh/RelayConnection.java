package io.deployflow.sandbox.ssh;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One client's connection and its counterpart at the server. */
final class RelayConnection {
    private final SocketChannel client;
    private final SocketChannel server;
    private final SelectionKey clientKey;
    private final SelectionKey serverKey;
    private final InetSocketAddress address;
    private final RelayLoop.Link link;
    private final RelayFlow up;
    private final RelayFlow down;
    private final long connectAt;
    private boolean asked;
    private boolean closed;

    private RelayConnection(
            SocketChannel client,
            SocketChannel server,
            InetSocketAddress address,
            Selector selector,
            RelayLoop.Link link)
            throws IOException {
        this.client = client;
        this.server = server;
        this.address = address;
        this.link = link;
        for (SocketChannel side : new SocketChannel[] {client, server}) {
            side.configureBlocking(false);
            side.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
        this.clientKey = client.register(selector, 0, this);
        this.serverKey = server.register(selector, 0, this);
        this.up = new RelayFlow(client, server, link, link::countToServer);
        this.down = new RelayFlow(server, client, link, link::countToClients);
        this.connectAt = System.nanoTime() + 3 * link.halfTripNanos;
    }

    static RelayConnection open(SocketChannel client, InetSocketAddress address, Selector selector, RelayLoop.Link link)
            throws IOException {
        return new RelayConnection(client, SocketChannel.open(), address, selector, link);
    }

    boolean isClosed() {
        return closed;
    }

    /** Connects, reads and writes as far as that is possible and due; what fails ends both sides. */
    void move(long now) {
        if (closed) {
            return;
        }
        try {
            if (!link.stalled && isConnected(now)) {
                up.move(now);
                down.move(now);
            }
            if (up.isEnded() && down.isEnded()) {
                close();
            } else if (!closed) {
                awaitWhatIsMissing();
            }
        } catch (IOException e) {
            reset();
        }
    }

    private boolean isConnected(long now) throws IOException {
        if (!asked && connectAt - now <= 0) {
            asked = true;
            return server.connect(address);
        }
        return asked && (server.isConnected() || server.finishConnect());
    }

    private void awaitWhatIsMissing() {
        if (link.stalled || !asked) {
            clientKey.interestOps(0);
            serverKey.interestOps(0);
        } else if (!server.isConnected()) {
            clientKey.interestOps(0);
            serverKey.interestOps(SelectionKey.OP_CONNECT);
        } else {
            clientKey.interestOps(up.readInterest() | down.writeInterest());
            serverKey.interestOps(down.readInterest() | up.writeInterest());
        }
    }

    /** How long until something must be done though nothing happens; {@link Long#MAX_VALUE} for never. */
    long nanosUntilDue(long now) {
        if (closed || link.stalled) {
            return Long.MAX_VALUE;
        }
        return asked ? Math.min(up.nanosUntilDue(now), down.nanosUntilDue(now)) : Math.max(0, connectAt - now);
    }

    /** Ends both sides as if they had vanished: what is under way is lost. */
    void reset() {
        for (SocketChannel side : new SocketChannel[] {client, server}) {
            try {
                side.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException e) {
                // It is gone already.
            }
        }
        close();
    }

    private void close() {
        closed = true;
        RelayLoop.closeQuietly(client);
        RelayLoop.closeQuietly(server);
    }
}
