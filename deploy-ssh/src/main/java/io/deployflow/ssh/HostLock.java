package io.deployflow.ssh;

import io.deployflow.CancellationToken;
import io.deployflow.ConfigurationException;
import io.deployflow.TargetLockedException;
import java.util.List;
import java.util.function.Consumer;

/**
 * The lock of one host, held by the session there: when this tool ends, however it ends, the lock goes. A session that
 * follows one that broke takes it again, as the same owner, before anything else.
 *
 * @param shell the host's
 * @param commands makes the script that takes it
 * @param claim who takes it
 * @param warn is told where a lock was taken over whose holder was gone
 */
record HostLock(RemoteShell shell, LockCommands commands, LockCommands.Claim claim, Consumer<String> warn)
        implements AutoCloseable {

    /**
     * Takes the lock and runs a script under it, in one step.
     *
     * @return what the script wrote
     * @throws TargetLockedException if somebody holds it
     * @throws ConfigurationException if {@code deploy_to} cannot be written, or this deploy holds it already for
     *     another name of the same host
     */
    List<String> take(String script, CancellationToken token) {
        CommandResult first = shell.run(commands.take(claim) + script, token);
        checkOnce(first);
        List<String> output = read(first);
        shell.first((session, cancellation) -> read(shell.step(session, commands.take(claim), cancellation)));
        return output;
    }

    /** A host that has two names in {@code hosts} would be staged and switched by two sessions at once. */
    private void checkOnce(CommandResult first) {
        if (first.output().stream().anyMatch(line -> line.startsWith("held " + claim.owner()))) {
            throw new ConfigurationException(
                    shell.label() + ": this deploy has locked it already, under another name",
                    "Name every host once in 'hosts'.",
                    shell.label(),
                    null);
        }
    }

    private List<String> read(CommandResult result) {
        checkAnswer(shell, result, warn);
        return result.orFail("taking the lock").output();
    }

    /**
     * Reads what {@code acquire} said; see {@link LockFunctions}.
     *
     * @throws TargetLockedException if somebody holds the lock
     * @throws ConfigurationException if {@code deploy_to} cannot be written
     */
    static void checkAnswer(RemoteShell shell, CommandResult result, Consumer<String> warn) {
        for (String line : result.output()) {
            if (line.startsWith("stale ")) {
                warn.accept("%s: took over the lock of %s, who is gone".formatted(shell.label(), line.substring(6)));
            } else if (line.startsWith("held ")) {
                throw held(shell, line.substring(5));
            } else if (line.startsWith("manual ")) {
                throw lockedByHand(shell, line.substring(7));
            }
        }
        if (result.status() == LockCommands.UNWRITABLE) {
            throw new ConfigurationException(
                    shell.label() + ": " + String.join("; ", result.error()),
                    "Create the directory there and give it to the account that deploys, or make room where its disk is full.",
                    shell.label(),
                    null);
        }
    }

    private static TargetLockedException held(RemoteShell shell, String owner) {
        return new TargetLockedException(
                "%s: locked by %s".formatted(shell.label(), owner),
                "Wait for that deploy to end. If nobody deploys: deployflow unlock TARGET --force",
                shell.label(),
                null);
    }

    private static TargetLockedException lockedByHand(RemoteShell shell, String owner) {
        return new TargetLockedException(
                "%s: locked by hand by %s".formatted(shell.label(), owner),
                "Ask who locked it. What removes the lock: deployflow unlock TARGET",
                shell.label(),
                null);
    }

    /** Gives it back without waiting for the host. */
    void release() {
        shell.finish();
    }

    /** Gives it back, and waits until it is. */
    @Override
    public void close() {
        shell.end();
    }
}
