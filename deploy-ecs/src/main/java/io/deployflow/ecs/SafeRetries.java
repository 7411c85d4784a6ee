package io.deployflow.ecs;

import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;

/** Tries again only where AWS did surely not do what was asked: it throttled the call, or was not reached. */
final class SafeRetries extends WrappedRetries {
    private static final int PROBLEM = 500;

    private SafeRetries(RetryStrategy retries) {
        super(retries);
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
}
