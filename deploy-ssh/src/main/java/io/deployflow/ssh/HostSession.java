package io.deployflow.ssh;

import io.deployflow.CancellationToken;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one program that runs on a host for as long as this side has to do with it, and that runs every script there; see
 * {@link SessionScript}. One script at a time. A script that is not waited for any longer costs the connection: only so
 * is it sure that nothing of it is taken for the answer of the next.
 */
final class HostSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostSession.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    private static final Duration TICK = Duration.ofMillis(20);
    private static final long LITTLE = 1 << 18;
    /** How much of what a program of somebody else has written is kept: its end. */
    private static final long KEPT = 1 << 20;

    private final HostAddress host;
    private final HostConnection connection;
    private final SessionScript script;
    private final SessionOutput output;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final RemoteProcess process;
    private boolean opened;
    private volatile boolean finishing;

    /**
     * Starts the program; what it answers is awaited with the first script.
     *
     * @throws HostFailure if no program can be started
     */
    HostSession(HostAddress host, HostConnection connection, SessionScript script) {
        this.host = host;
        this.connection = connection;
        this.script = script;
        this.output = new SessionOutput(script.tag());
        try {
            this.process = connection.start(
                    SessionScript.COMMAND,
                    new LineStream(output::output, () -> {}),
                    new LineStream(output::error, ended::countDown));
        } catch (IOException e) {
            throw HostFailure.lost(host, "no command can be started: " + e.getMessage(), e);
        }
    }

    /** Whether it can take a script, as far as this side knows. */
    boolean isOpen() {
        return connection.isOpen() && ended.getCount() > 0 && !finishing;
    }

    /** Whether it runs over this connection. */
    boolean isOver(HostConnection other) {
        return connection == other;
    }

    /**
     * Runs a script of ours.
     *
     * @param limit how long it may take
     */
    CommandResult step(String text, Duration limit, CancellationToken cancellation) {
        return run(script.step(text, 0), ofOurs(), limit, cancellation);
    }

    /**
     * Runs a script that runs a program of somebody else.
     *
     * @param listener is given each line that it writes, as it comes
     */
    CommandResult command(String text, Consumer<String> listener, Duration limit, CancellationToken cancellation) {
        return run(script.command(text), new RemoteCommand(host, listener, KEPT), limit, cancellation);
    }

    /**
     * Runs a script that runs a program of somebody else under the lock that the session holds; see
     * {@link SessionScript}. Where it is not waited for any longer, the host keeps the lock until it has ended.
     */
    CommandResult hook(String text, Consumer<String> listener, Duration limit, CancellationToken cancellation) {
        return run(script.hook(text), new RemoteCommand(host, listener, KEPT), limit, cancellation);
    }

    /** What a script of ours says is of a known size, and wanted whole. */
    private RemoteCommand ofOurs() {
        return new RemoteCommand(host, line -> {}, Long.MAX_VALUE);
    }

    private synchronized CommandResult run(
            byte[] request, RemoteCommand command, Duration limit, CancellationToken cancellation) {
        try {
            begin(command, request).flush();
            return await(command, limit, cancellation);
        } catch (IOException e) {
            HostFailure failure = lost(e);
            connection.close();
            throw failure;
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Runs a script of ours with a file as its standard input. If the script fails while much of it is still to be
     * sent, the connection is given up: that costs less than to send the rest.
     *
     * @param limit for how long the file may stand still, and how long the script may take after it
     * @param progress is told again and again how many bytes have been sent
     */
    synchronized CommandResult send(
            Path file, String text, LongConsumer progress, Duration limit, CancellationToken cancellation) {
        RemoteCommand command = ofOurs();
        Watch watch = Watch.over(limit, cancellation, connection::close);
        try (watch;
                Upload upload = Upload.of(file, host, progress)) {
            OutputStream input = begin(command, script.step(text, upload.size()));
            while (upload.sendPart(input)) {
                watch.moved();
                Optional<CommandResult> early = upload.left() > LITTLE ? command.early() : Optional.empty();
                if (early.isPresent()) {
                    connection.close();
                    return early.get();
                }
            }
            watch.close();
            return await(command, limit, cancellation);
        } catch (IOException e) {
            HostFailure failure = watch.timeUp() ? RemoteCommand.noEnd(host, limit) : lost(e);
            connection.close();
            cancellation.throwIfCancelled();
            throw failure;
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private OutputStream begin(RemoteCommand command, byte[] request) throws IOException {
        output.begin(command);
        OutputStream input = process.input();
        if (!opened) {
            opened = true;
            input.write(script.opening());
        }
        input.write(request);
        return input;
    }

    private CommandResult await(RemoteCommand command, Duration limit, CancellationToken cancellation) {
        return command.await(limit, this::isOpen, cancellation).orElseThrow(() -> lost(null));
    }

    private HostFailure lost(@Nullable IOException cause) {
        awaitEnd(LAST_WORDS);
        if (connection.isOpen() && !output.isReady() && process.status().isPresent()) {
            awaitOutput();
            return HostFailure.of(
                    host,
                    "no session is possible: "
                            + new CommandResult(host, process.status().getAsInt(), List.of(), output.greeting()).why());
        }
        return HostFailure.lost(host, connection.whyLost() + " before the command had ended", cause);
    }

    /** Lets the host end the session, which gives back its lock; does not wait for it. */
    void finish() {
        finishing = true;
        try {
            process.input().close();
        } catch (IOException e) {
            LOG.debug("the session with {} had ended before", host.label(), e);
        }
    }

    /** Ends it, and waits until the host has. */
    @Override
    public void close() {
        finish();
        awaitEnd(PATIENCE);
        process.close();
    }

    // Only the status tells of an end where a process was left behind that holds an output open.
    /** The status may be known before all is read that was said. */
    private void awaitOutput() {
        try {
            if (!ended.await(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("something at {} keeps the output of the ended session open", host.label());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitEnd(Duration patience) {
        long start = System.nanoTime();
        try {
            while (connection.isOpen()
                    && process.status().isEmpty()
                    && System.nanoTime() - start < patience.toNanos()) {
                if (ended.await(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
