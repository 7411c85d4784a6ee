package io.deployflow.ssh;

import io.deployflow.CancellationToken;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections that are being made before anybody asks for them. How one failed is told to who asks for it. */
final class BegunConnections implements AutoCloseable {
    private final Map<String, Begun> byHost = new ConcurrentHashMap<>();

    /** Makes a connection. */
    @FunctionalInterface
    interface Opener {
        /** Connects to a host; throws what {@link Connections#open} does. */
        HostConnection open(HostAddress host, CancellationToken cancellation);
    }

    private record Begun(
            HostAddress host,
            Opener opener,
            AtomicBoolean claimed,
            CancellationToken cancellation,
            CompletableFuture<HostConnection> made) {
        @SuppressWarnings("CatchingUnchecked") // handed on to who asks for the connection
        void make() {
            if (!claimed.compareAndSet(false, true)) {
                return;
            }
            try {
                HostConnection connection = opener.open(host, cancellation);
                if (!made.complete(connection)) {
                    connection.close();
                }
            } catch (RuntimeException | Error e) {
                made.completeExceptionally(e);
            }
        }
    }

    /**
     * Begins with some hosts, on threads that do not keep the process alive.
     *
     * @param parallel how many connections to make at a time
     */
    void begin(List<HostAddress> hosts, int parallel, Opener opener) {
        List<Begun> all = hosts.stream()
                .map(host -> new Begun(
                        host, opener, new AtomicBoolean(), CancellationToken.create(), new CompletableFuture<>()))
                .toList();
        all.forEach(begun -> byHost.put(begun.host().sshCommand(), begun));
        AtomicInteger next = new AtomicInteger();
        for (int worker = 0; worker < Math.min(parallel, all.size()); worker++) {
            Thread thread = new Thread(
                    () -> {
                        for (int turn = next.getAndIncrement(); turn < all.size(); turn = next.getAndIncrement()) {
                            all.get(turn).make();
                        }
                    },
                    "connecting-" + worker);
            thread.setDaemon(true);
            thread.start();
        }
    }

    /**
     * The connection to a host, once: waits for it, and makes it here where its turn has not come yet.
     *
     * @return empty where none was begun, or it has broken since
     */
    Optional<HostConnection> take(HostAddress host, CancellationToken cancellation) {
        Begun begun = byHost.remove(host.sshCommand());
        if (begun == null) {
            return Optional.empty();
        }
        try (CancellationToken.Registration registration =
                cancellation.onCancel(() -> begun.cancellation().cancel())) {
            begun.make();
            return Optional.of(begun.made().get()).filter(HostConnection::isOpen);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a connection", e);
        }
    }

    /** Closes those that nobody has taken, as soon as they are made. */
    @Override
    public void close() {
        byHost.values().forEach(begun -> {
            begun.claimed().set(true);
            begun.cancellation().cancel();
            if (!begun.made().cancel(false) && !begun.made().isCompletedExceptionally()) {
                begun.made().join().close();
            }
        });
        byHost.clear();
    }
}
