package io.deployflow.ssh;

import io.deployflow.CancellationToken;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** One script that runs on a host: its output as lines, its end, its time limit. */
final class RemoteCommand implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(100);
    // A command that leaves a process behind with its output open has ended all the same.
    private static final Duration LINGER = Duration.ofSeconds(1);
    private static final int ERROR_LINES = 50;

    private final HostAddress host;
    private final HostConnection connection;
    private final RemoteProcess process;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<String> output = new ArrayList<>();
    private final Deque<String> error = new ArrayDeque<>();
    private final Consumer<String> listener;
    private volatile long lastSign = System.nanoTime();

    private RemoteCommand(
            HostAddress host, HostConnection connection, String script, InputStream input, Consumer<String> listener) {
        this.host = host;
        this.connection = connection;
        this.listener = listener;
        try {
            this.process = connection.start(
                    Sh.command(script),
                    input,
                    new LineStream(this::addOutput, () -> {}),
                    new LineStream(this::addError, ended::countDown));
        } catch (IOException e) {
            throw HostFailure.lost(host, "no command can be started: " + e.getMessage(), e);
        }
    }

    /**
     * Starts a script.
     *
     * @param listener is given each line of standard output and error as it comes
     */
    static RemoteCommand start(
            HostAddress host, HostConnection connection, String script, InputStream input, Consumer<String> listener) {
        return new RemoteCommand(host, connection, script, input, listener);
    }

    private void addOutput(String line) {
        lastSign = System.nanoTime();
        synchronized (output) {
            output.add(line);
        }
        listener.accept(line);
    }

    private void addError(String line) {
        lastSign = System.nanoTime();
        synchronized (error) {
            error.add(line);
            if (error.size() > ERROR_LINES) {
                error.remove();
            }
        }
        listener.accept(line);
    }

    /**
     * Waits for the end.
     *
     * @param limit how long it may take, or, where {@code moved} grows, how long it may stand still
     * @param moved how much has been done so far; asked again and again
     * @throws HostFailure if the connection breaks or the time is up
     * @throws io.deployflow.DeployCancelledException if cancelled
     */
    CommandResult await(Duration limit, LongSupplier moved, CancellationToken cancellation) {
        long before = moved.getAsLong();
        long since = System.nanoTime();
        while (!endedWithin(TICK)) {
            if (cancellation.isCancelled()) {
                close();
                cancellation.throwIfCancelled();
            }
            long now = moved.getAsLong();
            if (now != before) {
                before = now;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > limit.toNanos()) {
                close();
                throw HostFailure.lost(host, "no end after " + limit.toSeconds() + " s", null);
            }
        }
        return result();
    }

    private boolean endedWithin(Duration pause) {
        try {
            if (ended.await(pause.toNanos(), TimeUnit.NANOSECONDS) || !connection.isOpen()) {
                return true;
            }
            return process.status().isPresent() && System.nanoTime() - lastSign > LINGER.toNanos();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + host, e);
        }
    }

    private CommandResult result() {
        OptionalInt status = process.status();
        close();
        if (status.isEmpty()) {
            throw HostFailure.lost(host, "the connection was lost before the command had ended", null);
        }
        synchronized (output) {
            synchronized (error) {
                return new CommandResult(host, status.getAsInt(), output, List.copyOf(error));
            }
        }
    }

    /** Whether it still runs, as far as this side knows. */
    boolean isRunning() {
        return connection.isOpen() && process.status().isEmpty() && ended.getCount() > 0;
    }

    @Override
    public void close() {
        process.close();
    }
}
