package io.deployflow.ecs;

import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;

/** Clients whose calls nothing holds back, and that try as often as others do, but at once. */
final class QuickClients {
    /** As patient with a slow answer as others. */
    static final AwsClients.Manners MANNERS = manners(AwsClients.Manners.USUAL.answer(), 3);

    private QuickClients() {}

    static AwsClients of(EcsSettings settings, ExecutionInterceptor... interceptors) {
        return new AwsClients(settings, List.of(interceptors), MANNERS);
    }

    /**
     * Manners.
     *
     * @param answer how long an answer may take
     * @param attempts how often a call is made at most
     */
    static AwsClients.Manners manners(Duration answer, int attempts) {
        return new AwsClients.Manners(() -> retries(attempts), answer);
    }

    private static RetryStrategy retries(int attempts) {
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(attempts)
                .backoffStrategy(BackoffStrategy.retryImmediately())
                .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
                .circuitBreakerEnabled(false)
                .build();
    }
}
