package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.retries.api.RetryToken;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;
import software.amazon.awssdk.services.ecs.model.EcsException;

class ThrottledRetriesTest {
    private final RetryStrategy retries = AwsClients.Manners.USUAL.retries().get();

    @Test
    void call_thatIsThrottled_isMadeEightTimes() {
        assertThat(attempts(failure(400, "ThrottlingException"))).isEqualTo(8);
    }

    @Test
    void call_thatFails_isMadeThreeTimes() {
        assertThat(attempts(failure(500, "ServerException"))).isEqualTo(3);
    }

    @Test
    void call_thatSucceedsInTheEnd_isTold() {
        RetryToken token = refreshed(first(), failure(400, "ThrottlingException"));

        assertThat(retries.recordSuccess(RecordSuccessRequest.create(token)).token())
                .isNotNull();
    }

    private int attempts(EcsException failure) {
        RetryToken token = first();
        for (int attempt = 1; ; attempt++) {
            try {
                token = refreshed(token, failure);
            } catch (TokenAcquisitionFailedException e) {
                assertThat(e).hasCause(failure);
                return attempt;
            }
        }
    }

    private RetryToken first() {
        return retries.acquireInitialToken(AcquireInitialTokenRequest.create("a call"))
                .token();
    }

    private RetryToken refreshed(RetryToken token, EcsException failure) {
        RefreshRetryTokenResponse response = retries.refreshRetryToken(RefreshRetryTokenRequest.builder()
                .token(token)
                .failure(failure)
                .suggestedDelay(Duration.ZERO)
                .build());
        return response.token();
    }

    private static EcsException failure(int status, String code) {
        return (EcsException) EcsException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();
    }
}
