package io.deployflow.ssh;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The connections to bastions: one to each, shared by all hosts behind it, and made anew where it was lost. */
final class Bastions implements AutoCloseable {
    private final Map<String, CompletableFuture<HostConnection>> connections = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * The connection to a bastion. Whoever asks while it is being made waits for that one, also for its failure.
     *
     * @param opener makes it
     */
    HostConnection to(Endpoint bastion, Supplier<HostConnection> opener) {
        CompletableFuture<HostConnection> mine = new CompletableFuture<>();
        CompletableFuture<HostConnection> shared = connections.compute(
                bastion.login(), (login, before) -> before == null || isOver(before) ? mine : before);
        if (shared == mine) {
            open(mine, opener);
            if (closed) {
                close();
            }
        }
        try {
            return shared.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static void open(CompletableFuture<HostConnection> future, Supplier<HostConnection> opener) {
        try {
            future.complete(opener.get());
        } catch (RuntimeException | Error e) {
            future.completeExceptionally(e);
        }
    }

    private static boolean isOver(CompletableFuture<HostConnection> connection) {
        return connection.isCompletedExceptionally()
                || (connection.isDone() && !connection.join().isOpen());
    }

    /** Lets go of all, also of one that is still being made. */
    @Override
    public void close() {
        closed = true;
        connections.values().stream()
                .filter(connection -> connection.isDone() && !connection.isCompletedExceptionally())
                .forEach(connection -> connection.join().close());
    }
}
