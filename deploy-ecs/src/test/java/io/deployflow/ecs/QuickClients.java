package io.deployflow.ecs;

import java.util.List;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;

/** Clients whose calls nothing holds back, and that try as often as others do, but at once. */
final class QuickClients {
    private QuickClients() {}

    static AwsClients of(EcsSettings settings, ExecutionInterceptor... interceptors) {
        return new AwsClients(settings, List.of(interceptors), QuickClients::retries);
    }

    private static RetryStrategy retries() {
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .backoffStrategy(BackoffStrategy.retryImmediately())
                .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
                .circuitBreakerEnabled(false)
                .build();
    }
}
