package io.deployflow.ssh;

import io.deployflow.CancellationToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Runs scripts on one host, over one connection that is made when first used, and again when it broke. */
final class RemoteShell implements AutoCloseable {
    private final HostAddress host;
    private final Connections connections;
    private final Duration limit;
    private @Nullable HostConnection connection;

    /**
     * A shell on a host.
     *
     * @param limit how long a script may take
     */
    RemoteShell(HostAddress host, Connections connections, Duration limit) {
        this.host = host;
        this.connections = connections;
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

    /** Runs a script of ours. */
    CommandResult run(String script, CancellationToken cancellation) {
        return run(script, limit, line -> {}, cancellation);
    }

    /**
     * Runs a script.
     *
     * @param listener is given each line that it writes
     */
    CommandResult run(String script, Duration within, Consumer<String> listener, CancellationToken cancellation) {
        InputStream nothing = InputStream.nullInputStream();
        try (RemoteCommand command = RemoteCommand.start(host, connect(cancellation), script, nothing, listener)) {
            return command.await(shorter(within, limit), () -> 0, cancellation);
        }
    }

    /**
     * Runs a script with a text as its standard input: the way for what no list of processes may show.
     *
     * @param listener is given each line that it writes
     */
    CommandResult run(String script, String input, Consumer<String> listener, CancellationToken cancellation) {
        InputStream bytes = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        try (RemoteCommand command = RemoteCommand.start(host, connect(cancellation), script, bytes, listener)) {
            return command.await(limit, () -> 0, cancellation);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /**
     * Runs a script with a file as its standard input.
     *
     * @param progress is told again and again how many bytes have been sent
     */
    CommandResult send(Path file, String script, LongConsumer progress, CancellationToken cancellation) {
        AtomicLong sent = new AtomicLong();
        try (InputStream input = new CountingStream(Files.newInputStream(file), sent);
                RemoteCommand command = RemoteCommand.start(host, connect(cancellation), script, input, line -> {})) {
            CommandResult result = command.await(limit, () -> report(sent.get(), progress), cancellation);
            progress.accept(sent.get());
            return result;
        } catch (IOException e) {
            throw HostFailure.of(host, file + " cannot be read: " + e.getMessage());
        }
    }

    private static long report(long sent, LongConsumer progress) {
        progress.accept(sent);
        return sent;
    }

    /** Starts a script that runs until its input ends. */
    RemoteCommand start(String script, InputStream input, Consumer<String> listener, CancellationToken cancellation) {
        return RemoteCommand.start(host, connect(cancellation), script, input, listener);
    }

    @Override
    public synchronized void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
