package io.deployflow.sandbox.port;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Sends the health checks of target groups. */
public interface HealthProbe {

    /**
     * Sends one GET without following redirects.
     *
     * @param target address and path of the check
     * @param timeout how long the answer may take
     * @return completes with the result, never exceptionally
     */
    CompletableFuture<Result> get(URI target, Duration timeout);

    /** What came of a health check. */
    sealed interface Result {

        /**
         * The target answered.
         *
         * @param status the HTTP status
         */
        record Answered(int status) implements Result {}

        /** No answer in time. */
        record TimedOut() implements Result {}

        /**
         * The connection was refused or broke.
         *
         * @param cause what happened
         */
        record Unreachable(String cause) implements Result {}
    }
}
