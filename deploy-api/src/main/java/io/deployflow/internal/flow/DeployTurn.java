package io.deployflow.internal.flow;

import io.deployflow.CancellationToken;
import io.deployflow.TargetLockedException;
import io.deployflow.spi.Poller;
import java.nio.file.Path;
import java.time.Duration;

/** The turn of a run to deploy to a target: of all runs of this user's on this machine one has it. */
final class DeployTurn {
    private static final Duration LOOK = Duration.ofMillis(200);

    private DeployTurn() {}

    /**
     * Waits for the turn.
     *
     * @throws TargetLockedException if it does not come in time
     */
    static ProcessLock await(Path file, Duration patience, CancellationToken cancellation) {
        return Poller.every(LOOK)
                .ask(patience, cancellation, () -> ProcessLock.take(file))
                .orElseThrow(() -> new TargetLockedException(
                        "another run on this machine deploys there, and has not ended in " + patience.toSeconds()
                                + " s",
                        "Wait for its end, or set 'patience'."));
    }
}
