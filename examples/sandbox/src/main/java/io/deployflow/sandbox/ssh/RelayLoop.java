package io.deployflow.sandbox.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of a relay: takes connections, moves bytes when they are due, and does what it is told in between. One
 * thread and no copies, so that it costs a benchmark next to nothing.
 */
final class RelayLoop implements AutoCloseable {
    private static final int BACKLOG = 256;

    private final InetSocketAddress server;
    private final Selector selector;
    private final Queue<Consumer<Link>> told = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong toServer = new AtomicLong();
    private final AtomicLong toClients = new AtomicLong();
    private final Thread thread;
    private final int port;
    private volatile boolean closed;

    /** What only the thread touches. */
    final class Link {
        long halfTripNanos;
        long bytesPerSecond;
        boolean stalled;
        IntPredicate dropped = number -> false;
        final ByteBuffer scratch = ByteBuffer.allocateDirect(1 << 16);

        private final List<RelayConnection> open = new ArrayList<>();
        private @Nullable ServerSocketChannel listener;
        private long actionAt = Long.MAX_VALUE;
        private Runnable action = () -> {};

        private Link(ServerSocketChannel listener) {
            this.listener = listener;
        }

        void cut() {
            open.forEach(RelayConnection::reset);
            open.clear();
        }

        void refuse() {
            if (listener != null) {
                closeQuietly(listener);
                listener = null;
            }
        }

        void accept() {
            if (listener == null) {
                try {
                    listener = listen(selector, port);
                } catch (IOException e) {
                    throw new UncheckedIOException("port " + port + " is taken by now", e);
                }
            }
        }

        void whenSent(long bytes, Runnable wanted) {
            actionAt = bytes;
            action = wanted;
            actIfSent();
        }

        void countToServer(int bytes) {
            toServer.addAndGet(bytes);
            actIfSent();
        }

        void countToClients(int bytes) {
            toClients.addAndGet(bytes);
        }

        private void actIfSent() {
            if (toServer.get() >= actionAt) {
                actionAt = Long.MAX_VALUE;
                action.run();
            }
        }
    }

    private RelayLoop(InetSocketAddress server, Selector selector, ServerSocketChannel listener) throws IOException {
        this.server = server;
        this.selector = selector;
        this.port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
        Link link = new Link(listener);
        this.thread = new Thread(() -> run(link), "relay to " + server);
        thread.setDaemon(true);
    }

    static RelayLoop start(InetSocketAddress server) throws IOException {
        Selector selector = Selector.open();
        RelayLoop loop = new RelayLoop(server, selector, listen(selector, 0));
        loop.thread.start();
        return loop;
    }

    private static ServerSocketChannel listen(Selector selector, int port) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        return listener;
    }

    /** Has the thread do something; in the order told. */
    void tell(Consumer<Link> wish) {
        told.add(wish);
        selector.wakeup();
    }

    int port() {
        return port;
    }

    int connections() {
        return connections.get();
    }

    long bytesToServer() {
        return toServer.get();
    }

    long bytesToClients() {
        return toClients.get();
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Link link) {
        try (selector) {
            while (!closed) {
                selector.select(millisUntilDue(link));
                doAsTold(link);
                takeNew(link);
                moveAll(link);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the relay to " + server + " has failed", e);
        } finally {
            link.cut();
            link.refuse();
        }
    }

    private void doAsTold(Link link) {
        for (Consumer<Link> wish = told.poll(); wish != null; wish = told.poll()) {
            wish.accept(link);
            // It may have been resumed.
            link.open.forEach(connection -> connection.move(System.nanoTime()));
        }
    }

    /** Only what something has happened to, or what is due: with many connections the rest would cost most. */
    private void moveAll(Link link) {
        long now = System.nanoTime();
        selector.selectedKeys().forEach(key -> {
            if (key.attachment() instanceof RelayConnection connection) {
                connection.move(now);
            }
        });
        selector.selectedKeys().clear();
        for (RelayConnection connection : link.open) {
            if (connection.nanosUntilDue(now) == 0) {
                connection.move(now);
            }
        }
        link.open.removeIf(RelayConnection::isClosed);
    }

    /** 0 stands for: until something happens. */
    private static long millisUntilDue(Link link) {
        long now = System.nanoTime();
        long nanos = link.open.stream()
                .mapToLong(connection -> connection.nanosUntilDue(now))
                .min()
                .orElse(Long.MAX_VALUE);
        return nanos == Long.MAX_VALUE ? 0 : Math.max(1, (nanos + 999_999) / 1_000_000);
    }

    private void takeNew(Link link) throws IOException {
        if (link.listener == null) {
            return;
        }
        for (SocketChannel client = link.listener.accept(); client != null; client = link.listener.accept()) {
            if (link.dropped.test(connections.incrementAndGet())) {
                closeQuietly(client);
            } else {
                link.open.add(RelayConnection.open(client, server, selector, link));
            }
        }
    }

    static void closeQuietly(AutoCloseable channel) {
        try {
            channel.close();
        } catch (Exception e) {
            // Closed is what it was to be.
        }
    }
}
