package io.deployflow.ssh;

import io.deployflow.CancellationToken;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** One script that runs on a host: its output as lines, its end, its time limit. */
final class RemoteCommand {
    private static final Duration TICK = Duration.ofMillis(100);
    private static final int ERROR_LINES = 50;
    private static final int OUTPUTS = 2;
    /** What a line takes beside its text. */
    private static final int A_LINE = 64;

    private final HostAddress host;
    private final long most;
    private final Deque<String> output = new ArrayDeque<>();
    private long kept;
    private final Deque<String> error = new ArrayDeque<>();
    private final Consumer<String> listener;
    private final CountDownLatch early = new CountDownLatch(OUTPUTS);
    private final CountDownLatch ended = new CountDownLatch(OUTPUTS);
    private volatile int status;

    /**
     * A script that is about to be started.
     *
     * @param listener is given each line of standard output and error as it comes
     * @param most how much of its standard output is kept for its result, about in bytes; the last of it
     */
    RemoteCommand(HostAddress host, Consumer<String> listener, long most) {
        this.host = host;
        this.listener = listener;
        this.most = most;
    }

    /** It wrote a line of standard output. */
    void addOutput(String line) {
        synchronized (output) {
            output.add(line);
            kept += line.length() + A_LINE;
            while (kept > most) {
                kept -= output.remove().length() + A_LINE;
            }
        }
        listener.accept(line);
    }

    /** It wrote a line of standard error. */
    void addError(String line) {
        synchronized (error) {
            error.add(line);
            if (error.size() > ERROR_LINES) {
                error.remove();
            }
        }
        listener.accept(line);
    }

    /** One of its two outputs says that it failed, and that its input is still being read. */
    void failedEarly(int with) {
        status = with;
        early.countDown();
    }

    /** One of its two outputs says that it has ended. */
    void ended(int with) {
        status = with;
        ended.countDown();
    }

    /** How it failed, if that is known before its input has been read. */
    Optional<CommandResult> early() {
        return early.getCount() == 0 ? Optional.of(result()) : Optional.empty();
    }

    /**
     * Waits for the end.
     *
     * @param limit how long it may take
     * @param alive whether an answer can come still
     * @return nothing if none can come any more
     * @throws HostFailure if the time is up
     * @throws io.deployflow.DeployCancelledException if cancelled
     */
    Optional<CommandResult> await(Duration limit, BooleanSupplier alive, CancellationToken cancellation) {
        long since = System.nanoTime();
        boolean mayCome = true;
        while (!endedWithin(TICK)) {
            if (!mayCome) {
                return Optional.empty();
            }
            cancellation.throwIfCancelled();
            if (System.nanoTime() - since > limit.toNanos()) {
                throw noEnd(host, limit);
            }
            // What is on its way still counts, so the end is looked for once more.
            mayCome = alive.getAsBoolean();
        }
        return Optional.of(result());
    }

    /** The failure of a script that was given up. */
    static HostFailure noEnd(HostAddress host, Duration limit) {
        return HostFailure.lost(host, "no end after " + limit.toSeconds() + " s", null);
    }

    private boolean endedWithin(Duration pause) {
        try {
            return ended.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + host, e);
        }
    }

    private CommandResult result() {
        synchronized (output) {
            synchronized (error) {
                return new CommandResult(host, status, List.copyOf(output), List.copyOf(error));
            }
        }
    }
}
