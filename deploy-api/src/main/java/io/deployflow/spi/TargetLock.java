package io.deployflow.spi;

import io.deployflow.NotRestoredException;
import java.util.Optional;

/** The right to change a target; given back by closing it. */
@FunctionalInterface
public interface TargetLock extends AutoCloseable {
    @Override
    void close();

    /**
     * What an earlier deploy had left and could not be taken back while the lock was taken. A deploy goes on all the
     * same, for it may be what mends it; but one that then does not get to its rollout must not say that all is well.
     */
    default Optional<NotRestoredException> notRestored() {
        return Optional.empty();
    }
}
