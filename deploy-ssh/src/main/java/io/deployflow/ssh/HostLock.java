package io.deployflow.ssh;

import io.deployflow.CancellationToken;
import io.deployflow.ConfigurationException;
import io.deployflow.TargetLockedException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lock of one host, held by a script there for as long as its input is open: when this tool ends, however it ends,
 * the lock goes.
 */
final class HostLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostLock.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RemoteShell shell;
    private final RemoteCommand command;
    private final HeldInput input;

    private HostLock(RemoteShell shell, RemoteCommand command, HeldInput input) {
        this.shell = shell;
        this.command = command;
        this.input = input;
    }

    /**
     * Takes the lock.
     *
     * @param warn is told where a lock was taken over whose holder was gone
     * @throws TargetLockedException if somebody holds it
     * @throws ConfigurationException if {@code deploy_to} cannot be written
     */
    static HostLock take(
            RemoteShell shell, LockCommands commands, String owner, Consumer<String> warn, CancellationToken token) {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        HeldInput input = new HeldInput();
        RemoteCommand command = shell.start(commands.hold(owner), input, lines::add, token);
        HostLock lock = new HostLock(shell, command, input);
        try {
            lock.awaitAnswer(lines, commands, warn, token);
            return lock;
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private void awaitAnswer(
            BlockingQueue<String> lines, LockCommands commands, Consumer<String> warn, CancellationToken token) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < PATIENCE.toNanos()) {
            token.throwIfCancelled();
            String line = next(lines);
            if (line.equals("locked")) {
                return;
            }
            if (line.startsWith("stale ")) {
                warn.accept("%s: took over the lock of %s, who is gone".formatted(shell.label(), line.substring(6)));
            } else if (line.startsWith("held ")) {
                throw held(line.substring(5), commands);
            } else if (line.startsWith("manual ")) {
                throw lockedByHand(shell, line.substring(7));
            } else if (line.isEmpty() && !command.isRunning()) {
                throw unusable(token);
            }
        }
        throw HostFailure.lost(shell.host(), "no answer to the question for the lock", null);
    }

    private static String next(BlockingQueue<String> lines) {
        try {
            String line = lines.poll(200, TimeUnit.MILLISECONDS);
            return line == null ? "" : line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a lock", e);
        }
    }

    private TargetLockedException held(String owner, LockCommands commands) {
        return new TargetLockedException(
                "%s: locked by %s".formatted(shell.label(), owner),
                "Wait for that deploy to end. If nobody deploys: %s rm -r %s"
                        .formatted(shell.host().sshCommand(), commands.path()),
                shell.label(),
                null);
    }

    /** Says that a person locked a host by hand, and how that is ended. */
    static TargetLockedException lockedByHand(RemoteShell shell, String owner) {
        return new TargetLockedException(
                "%s: locked by hand by %s".formatted(shell.label(), owner),
                "Ask there, or wait; 'deployflow unlock' with this target removes that lock.",
                shell.label(),
                null);
    }

    private RuntimeException unusable(CancellationToken token) {
        CommandResult result = command.await(PATIENCE, () -> 0, token);
        if (result.status() == LockCommands.UNWRITABLE) {
            return new ConfigurationException(
                    shell.label() + ": " + String.join("; ", result.error()),
                    "Create the directory there and give it to the account that deploys.",
                    shell.label(),
                    null);
        }
        return HostFailure.of(shell.host(), "the lock cannot be taken: " + result.why());
    }

    /** Whether it is held still, as far as this side knows. */
    boolean isHeld() {
        return command.isRunning();
    }

    RemoteShell shell() {
        return shell;
    }

    /** Gives it back, and waits until it is. */
    @Override
    public void close() {
        input.close();
        try (command) {
            if (command.isRunning()) {
                command.await(PATIENCE, () -> 0, CancellationToken.create());
            }
        } catch (HostFailure e) {
            // The connection is gone: the host gives the lock back by itself.
            LOG.debug("the lock of {} was not given back by this side", shell.label(), e);
        }
    }
}
