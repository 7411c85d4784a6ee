package io.deployflow.ecs;

import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.AcquireInitialTokenResponse;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RecordSuccessResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;

/** Retries of the SDK's, of which not all are made: which ones, a subclass says. */
abstract class WrappedRetries implements RetryStrategy {
    final RetryStrategy retries;

    WrappedRetries(RetryStrategy retries) {
        this.retries = retries;
    }

    @Override
    public AcquireInitialTokenResponse acquireInitialToken(AcquireInitialTokenRequest request) {
        return retries.acquireInitialToken(request);
    }

    @Override
    public RecordSuccessResponse recordSuccess(RecordSuccessRequest request) {
        return retries.recordSuccess(request);
    }

    @Override
    public final int maxAttempts() {
        return retries.maxAttempts();
    }

    /** The SDK would build another one of it, which tries again whatever happened. */
    @Override
    public final boolean useClientDefaults() {
        return false;
    }

    @Override
    public final Builder<?, ?> toBuilder() {
        return retries.toBuilder();
    }
}
