package io.deployflow.ecs;

import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.AcquireInitialTokenResponse;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RecordSuccessResponse;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;

/** Tries again only where AWS did surely not do what was asked: it throttled the call, or was not reached. */
final class SafeRetries implements RetryStrategy {
    private static final int PROBLEM = 500;

    private final RetryStrategy retries;

    private SafeRetries(RetryStrategy retries) {
        this.retries = retries;
    }

    /** Some of these retries. */
    static RetryStrategy of(RetryStrategy retries) {
        return new SafeRetries(retries);
    }

    @Override
    public RefreshRetryTokenResponse refreshRetryToken(RefreshRetryTokenRequest request) {
        if (isRefusal(request.failure())) {
            return retries.refreshRetryToken(request);
        }
        throw new TokenAcquisitionFailedException(
                "AWS may have done what was asked", request.token(), request.failure());
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof SdkServiceException answer
                ? answer.isThrottlingException() || answer.statusCode() < PROBLEM
                : AwsErrors.isUnsent(failure);
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
    public int maxAttempts() {
        return retries.maxAttempts();
    }

    /** The SDK would build another one of it, which tries again whatever happened. */
    @Override
    public boolean useClientDefaults() {
        return false;
    }

    @Override
    public Builder<?, ?> toBuilder() {
        return retries.toBuilder();
    }
}
