package io.deployflow.ecs;

import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.AcquireInitialTokenResponse;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RecordSuccessResponse;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.retries.api.RetryToken;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;

/**
 * Tries a call that AWS throttles more often than one that fails otherwise: that passes, and a deploy is not to be
 * taken back for it, where nobody is to wait half a minute to hear that there is no network.
 */
final class ThrottledRetries extends WrappedRetries {
    /** As many as AWS's SDKs make by default. */
    private static final int OTHER_FAILURES = 3;

    private ThrottledRetries(RetryStrategy retries) {
        super(retries);
    }

    /** Of retries that are as many as are to be made where AWS throttles. */
    static RetryStrategy of(RetryStrategy retries) {
        return new ThrottledRetries(retries);
    }

    /** How often a call has failed for another reason. */
    private record Counted(RetryToken token, int failures) implements RetryToken {}

    @Override
    public AcquireInitialTokenResponse acquireInitialToken(AcquireInitialTokenRequest request) {
        AcquireInitialTokenResponse response = retries.acquireInitialToken(request);
        return AcquireInitialTokenResponse.create(new Counted(response.token(), 0), response.delay());
    }

    @Override
    public RefreshRetryTokenResponse refreshRetryToken(RefreshRetryTokenRequest request) {
        Counted counted = (Counted) request.token();
        int failures = counted.failures() + (isThrottled(request.failure()) ? 0 : 1);
        if (failures == OTHER_FAILURES) {
            throw new TokenAcquisitionFailedException("it failed too often", counted, request.failure());
        }
        RefreshRetryTokenResponse response = retries.refreshRetryToken(
                request.toBuilder().token(counted.token()).build());
        return RefreshRetryTokenResponse.create(new Counted(response.token(), failures), response.delay());
    }

    private static boolean isThrottled(Throwable failure) {
        return failure instanceof SdkServiceException answer && answer.isThrottlingException();
    }

    @Override
    public RecordSuccessResponse recordSuccess(RecordSuccessRequest request) {
        Counted counted = (Counted) request.token();
        RecordSuccessResponse response = retries.recordSuccess(RecordSuccessRequest.create(counted.token()));
        return RecordSuccessResponse.create(new Counted(response.token(), counted.failures()));
    }
}
