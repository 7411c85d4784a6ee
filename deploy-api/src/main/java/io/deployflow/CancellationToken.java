package io.deployflow;

import io.deployflow.internal.DefaultCancellationToken;

/** Asks a running deploy to stop at the next safe moment; what was live before then serves again. Thread-safe. */
public interface CancellationToken {

    /** A token that {@link #cancel()} triggers. */
    static CancellationToken create() {
        return new DefaultCancellationToken();
    }

    /** Asks for the stop; asking twice is harmless. */
    void cancel();

    /** Whether the stop was asked for. */
    boolean isCancelled();

    /**
     * Runs an action once, when the stop is asked for: at once if it was already.
     *
     * @return a handle that forgets the action
     */
    Registration onCancel(Runnable action);

    /**
     * Ends the work if the stop was asked for.
     *
     * @throws DeployCancelledException if it was
     */
    default void throwIfCancelled() {
        if (isCancelled()) {
            throw new DeployCancelledException();
        }
    }

    /** Forgets an action. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
