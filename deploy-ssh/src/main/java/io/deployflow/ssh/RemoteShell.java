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
    private final Consumer<String> asked;
    private @Nullable HostConnection connection;
    private @Nullable HostSession session;
    private @Nullable First first;
    private boolean holdsNothing;

    /** What a session does before anything else. */
    @FunctionalInterface
    interface First {
        /** Does it; if it fails, the session is of no use. */
        void in(HostSession session, CancellationToken cancellation);
    }

    /**
     * A shell on a host.
     *
     * @param root the directory there whose lock the session may hold
     * @param limit how long a script may take
     */
    RemoteShell(HostAddress host, Connections connections, String root, Duration limit) {
        this(host, connections, root, limit, what -> {});
    }

    /**
     * A shell on a host.
     *
     * @param asked is told of each question to the host: of a login when it has been tried, of all else before
     */
    RemoteShell(HostAddress host, Connections connections, String root, Duration limit, Consumer<String> asked) {
        this.host = host;
        this.connections = connections;
        this.root = root;
        this.limit = limit;
        this.asked = asked;
    }

    HostAddress host() {
        return host;
    }

    /** What events and reports call the host. */
    String label() {
        return host.label();
    }

    /** The connection; made anew if there is none or it broke. */
    synchronized HostConnection connect(CancellationToken cancellation) {
        HostConnection open = connection;
        if (open == null || !open.isOpen()) {
            open = opened(cancellation);
            connection = open;
        }
        return open;
    }

    /** Tells of each login that was tried: one that was dropped cost its round trips too. */
    private HostConnection opened(CancellationToken cancellation) {
        try {
            return connections.open(host, cancellation);
        } finally {
            for (int left = connections.tries(host); left > 0; left--) {
                asked.accept("connect");
            }
        }
    }

    /** The session; made anew if there is none or it ended. */
    synchronized HostSession session(CancellationToken cancellation) {
        HostConnection over = connect(cancellation);
        HostSession open = session;
        if (open == null || !open.isOpen() || !open.isOver(over)) {
            open = enter(over, cancellation);
            session = open;
        }
        return open;
    }

    private HostSession enter(HostConnection over, CancellationToken cancellation) {
        HostSession made = new HostSession(host, over, SessionScript.of(root));
        holdsNothing = false;
        if (first != null) {
            try {
                first.in(made, cancellation);
            } catch (RuntimeException e) {
                made.finish();
                throw e;
            }
        }
        return made;
    }

    /** From now on, each session that is made anew does this first. */
    synchronized void first(First work) {
        first = work;
    }

    /** Whether there is a session, as far as this side knows. */
    synchronized boolean isInSession() {
        return session != null && session.isOpen();
    }

    /** Runs a script of ours in a session that was just made. */
    CommandResult step(HostSession in, String script, CancellationToken cancellation) {
        asked.accept("script");
        return in.step(script, limit, cancellation);
    }

    /** Runs a script of ours. What it leaves running must have let go of its outputs. */
    CommandResult run(String script, CancellationToken cancellation) {
        return step(session(cancellation), script, cancellation);
    }

    /** Runs a script of ours that needs the lock last of all: it is given back with the script's end. */
    CommandResult runLast(String script, CancellationToken cancellation) {
        CommandResult result = run(script + SessionScript.UNLOCK, cancellation);
        synchronized (this) {
            holdsNothing = result.status() == 0;
        }
        return result;
    }

    /**
     * Runs a script that runs a program of somebody else, whose two outputs come as one, and which may leave processes
     * behind.
     *
     * @param within how long it may take, where that is less than a script may
     * @param listener is given each line that it writes
     */
    CommandResult run(String script, Duration within, Consumer<String> listener, CancellationToken cancellation) {
        HostSession in = session(cancellation);
        asked.accept("command");
        return in.command(script, listener, shorter(within, limit), cancellation);
    }

    /** The same, for as long as a script may take. */
    CommandResult run(String script, Consumer<String> listener, CancellationToken cancellation) {
        return run(script, limit, listener, cancellation);
    }

    /** The same under the lock, which the host then keeps until the script has ended, also without this side. */
    CommandResult hook(String script, Consumer<String> listener, CancellationToken cancellation) {
        HostSession in = session(cancellation);
        asked.accept("command");
        return in.hook(script, listener, limit, cancellation);
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
        HostSession in = session(cancellation);
        asked.accept("upload");
        return in.send(file, script, progress, limit, cancellation);
    }

    /** Lets the host end the session, with what it holds there; does not wait for it. */
    synchronized void finish() {
        first = null;
        if (session != null) {
            session.finish();
        }
    }

    /** Ends the session, and waits until the host has, unless it holds nothing there any more. */
    synchronized void end() {
        finish();
        if (session != null) {
            if (!holdsNothing) {
                session.close();
            }
            session = null;
        }
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
