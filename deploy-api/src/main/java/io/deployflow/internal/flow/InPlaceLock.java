package io.deployflow.internal.flow;

import io.deployflow.TargetLockedException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Two runs in one directory would spoil each other's files.
 *
 * @param lock empty where none is needed
 */
record InPlaceLock(Optional<ProcessLock> lock) implements AutoCloseable {

    /**
     * Takes the lock, if it is needed.
     *
     * @throws TargetLockedException if another run has it
     */
    static InPlaceLock of(Path project, boolean needed) {
        if (!needed) {
            return new InPlaceLock(Optional.empty());
        }
        Path file = project.resolve(".deployflow").resolve("in-place.lock");
        return new InPlaceLock(Optional.of(ProcessLock.take(file)
                .orElseThrow(() -> new TargetLockedException(
                        "another run of the flow is under way in " + project,
                        "Wait for its end, or run in checkouts: without --in-place, in a git work tree."))));
    }

    @Override
    public void close() {
        lock.ifPresent(ProcessLock::close);
    }
}
