package io.deployflow.ssh;

import io.deployflow.CancellationToken;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs scripts on one host, over one connection and in one session, which are made when first used, and again when they
 * broke.
 */
final class RemoteShell implements AutoCloseable {
    private final HostAddress host;
    private final Connections connections;
    private final String root;
    private final Duration limit;
    private @Nullable HostConnection connection;
    private @Nullable HostSession session;

    /**
     * A shell on a host.
     *
     * @param root the directory there whose lock the session may hold
     * @param limit how long a script may take
     */
    RemoteShell(HostAddress host, Connections connections, String root, Duration limit) {
        this.host = host;
        this.connections = connections;
        this.root = root;
        this.limit = limit;
    }

    HostAddress host() {
        return host;
    }

    /** What events and reports call the host. */
    String label() {
        return host.label();
    }

    /** How long a script may take. */
    Duration limit() {
        return limit;
    }

    /** The connection; made anew if there is none or it broke. */
    synchronized HostConnection connect(CancellationToken cancellation) {
        HostConnection open = connection;
        if (open == null || !open.isOpen()) {
            open = connections.open(host, cancellation);
            connection = open;
        }
        return open;
    }

    /** The session; made anew if there is none or it ended. */
    synchronized HostSession session(CancellationToken cancellation) {
        HostConnection over = connect(cancellation);
        HostSession open = session;
        if (open == null || !open.isOpen() || !open.isOver(over)) {
            open = new HostSession(host, over, SessionScript.of(root));
            session = open;
        }
        return open;
    }

    /** Runs a script of ours. What it leaves running must have let go of its outputs. */
    CommandResult run(String script, CancellationToken cancellation) {
        return session(cancellation).step(script, limit, cancellation);
    }

    /**
     * Runs a script that runs a program of somebody else, whose two outputs come as one, and which may leave processes
     * behind.
     *
     * @param listener is given each line that it writes
     */
    CommandResult run(String script, Duration within, Consumer<String> listener, CancellationToken cancellation) {
        return session(cancellation).command(script, listener, shorter(within, limit), cancellation);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /**
     * Runs a script of ours with a file as its standard input.
     *
     * @param progress is told again and again how many bytes have been sent
     */
    CommandResult send(Path file, String script, LongConsumer progress, CancellationToken cancellation) {
        return session(cancellation).send(file, script, progress, limit, cancellation);
    }

    /** Ends the connection; what it held on the host goes by itself. */
    @Override
    public synchronized void close() {
        if (connection != null) {
            connection.close();
            connection = null;
            session = null;
        }
    }
}
